import { thread } from '@heddle/runtime';

await thread.prewarm(2);
await thread.spawn(() => 1);
process.on('exit', () => console.log('the process ended'));
