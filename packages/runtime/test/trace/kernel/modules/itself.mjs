// Records itself while a thread of it computes, and prints what was seen and which thread that was. At level exact the
// thread is gone by then; at others it is still there, for the last look at its counters.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { recordKernel } from '@heddle/runtime/trace';

const recording = await recordKernel({ level: process.argv[2] });
const thread = new Worker(
  `const { readFileSync, readlinkSync } = require('node:fs');
   const { parentPort } = require('node:worker_threads');
   const used = () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]);
   const enough = used() + 30e6;
   while (used() < enough) for (let step = 0; step < 1e6; step += 1);
   parentPort.postMessage(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
   parentPort.once('message', () => undefined);`,
  { eval: true },
);
const tid = await new Promise((resolve) => thread.once('message', resolve));
if (recording.level === 'exact') {
  thread.postMessage('end');
  while (existsSync(`/proc/self/task/${tid}`)) await new Promise((resolve) => setTimeout(resolve, 1));
}
console.log(JSON.stringify({ pid: process.pid, tid, uid: process.getuid(), ...(await recording.stop()) }));
thread.postMessage('end');
