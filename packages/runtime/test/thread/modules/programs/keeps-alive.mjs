import { thread } from '@heddle/runtime';

// Nobody awaits it, and nothing else keeps the process.
thread.spawn(async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log('the thread ended');
});
process.on('exit', () => console.log('the process ended'));
