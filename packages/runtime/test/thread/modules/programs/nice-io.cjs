/** Whether a nice thread that is the first to read a file makes nice threads for everybody's files. */
const { readdirSync } = require('node:fs');
const { getPriority } = require('node:os');
const { thread } = require('@heddle/runtime');

const words = new Int32Array(new SharedArrayBuffer(4));
const handle = thread.builder({ priority: 7 }).spawn(async (words) => {
  const { readFile } = await import('node:fs/promises');
  await readFile('/proc/self/status');
  Atomics.store(words, 0, 1);
  Atomics.wait(words, 0, 1);
}, words);

const look = setInterval(async () => {
  if (Atomics.load(words, 0) === 0) return;
  clearInterval(look);
  const nice = readdirSync('/proc/self/task').filter((id) => getPriority(Number(id)) === 7);
  console.log(nice.length === 1 ? 'only the thread itself' : `${nice.length} threads`);
  Atomics.store(words, 0, 2);
  Atomics.notify(words, 0);
  (await handle).unwrap();
}, 1);
