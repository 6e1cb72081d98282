import { main, tasksFrom, thread } from '@heddle/runtime';

const tasks = tasksFrom(new URL('../tasks.mjs', import.meta.url));
const words = new Int32Array(new SharedArrayBuffer(4));
const handle = await main(async () => {
  const left = thread.builder({ graceMs: 60_000 }).spawn(tasks.tellBeginAndEnd, words);
  while (words[0] === 0) await new Promise((resolve) => setImmediate(resolve));
  return { left };
});
const result = await handle.left;
console.log(words[0], result.error.message.replace(/\d+/, 'N'));
