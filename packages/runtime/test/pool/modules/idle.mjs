import { blocking, spawnBlocking } from '@heddle/runtime';

// Nobody awaits it, and nothing else keeps the process.
spawnBlocking(async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log('the job ended');
});
process.on('exit', () =>
  console.log(`the process ended, with ${blocking.metrics().numBlockingThreads} thread`),
);
