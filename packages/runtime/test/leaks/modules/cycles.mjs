/**
 * Goes through `cycles` lives of threads, some at a time, and says before and after what Node and the kernel hold.
 *
 *     node cycles.mjs 10000
 */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Runtime, tasksFrom, thread } from '@heddle/runtime';

const LANES = 4;
const cycles = Number(process.argv[2]);
const objects = tasksFrom(new URL('./counter.mjs', import.meta.url));

const lives = [
  async () => (await thread.spawn((n) => n + 1, 1)).unwrap(),
  async () => {
    const handle = thread.spawn(() => 1);
    handle.abort();
    await handle;
  },
  async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const handle = thread.builder({ graceMs: 0 }).spawn((words) => {
      Atomics.store(words, 0, 1);
      for (;;);
    }, words);
    while (words[0] === 0) await sleep(1);
    handle.abort();
    await handle;
  },
  async () => {
    const actor = thread.actor(objects.Counter, 1);
    if ((await actor.remote.add(2)) !== 3) throw new Error('the actor cannot count');
    await actor.stop();
  },
  async () => {
    const actor = thread.actor(objects.Counter, 1);
    const pending = actor.remote.never();
    actor.handle.abort();
    await Promise.allSettled([pending]);
    await actor.handle;
  },
  async () => {
    const [sender, receiver] = thread.channel({ capacity: 2 });
    const handle = thread.spawn(async (sender) => {
      for (let n = 0; n < 8; n += 1) await sender.send(n);
      sender.close();
    }, sender);
    let sum = 0;
    for await (const n of receiver) sum += n;
    if (sum !== 28) throw new Error('the channel lost something');
    await handle;
  },
  async () => {
    const runtime = new Runtime({ blocking: { maxThreads: 1 } });
    const run = (n) => runtime.spawnBlocking((n) => n + 1, n);
    const [first, queued, last] = [run(1), run(2), run(3)];
    queued.abort();
    if ((await first).unwrap() + (await last).unwrap() !== 6) throw new Error('the pool cannot count');
    if (!(await queued).error.isCancelled()) throw new Error('an aborted job ran');
    await runtime.shutdown();
  },
];

async function live(from) {
  for (let n = from; n < cycles; n += LANES) await lives[n % lives.length]();
}

function held() {
  const handles = process.report.getReport().libuv.map(({ type }) => type);
  return {
    resources: process.getActiveResourcesInfo().sort(),
    // Each open port is one; so is each of Node's own.
    ports: handles.filter((type) => type === 'async').length,
    threads: readdirSync('/proc/self/task').length,
    alive: thread.metrics().threadsAlive,
  };
}

/** What is held when nothing of it changes any more: a thread's last bytes are freed a little after its end. */
async function calm() {
  let before = '';
  for (;;) {
    const now = JSON.stringify(held());
    if (now === before) return now;
    before = now;
    globalThis.gc?.();
    await sleep(200);
  }
}

// The first of each makes what stays: Node's stdio, its thread pool, the loader's own things.
for (const life of lives) await life();
console.log(await calm());
await Promise.all(Array.from({ length: LANES }, (_, lane) => live(lane)));
console.log(await calm());
