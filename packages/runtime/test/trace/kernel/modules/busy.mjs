// Threads that compute until the kernel has taken the CPU from each of them a few times, then wait for the end.
// Says which they are: `busy 12 13`; after a line on its stdin and their work, `done`;
// and for each further line, `again`.
import { readFileSync, readlinkSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const TIMES = 3;

if (isMainThread) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const threads = ['one', 'two'].map(() => new Worker(new URL(import.meta.url), { workerData: gate }));
  const heard = () =>
    Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('message', resolve))));
  console.log('busy', ...(await heard()));
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const ends = heard();
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  await ends;
  console.log('done');
  process.stdin.on('data', () => console.log('again'));
} else {
  const taken = () =>
    Number(
      /^nonvoluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync('/proc/thread-self/status', 'utf8'))?.[1],
    );
  parentPort.postMessage(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
  Atomics.wait(workerData, 0, 0);
  const enough = taken() + TIMES;
  while (taken() < enough) for (let step = 0; step < 1e6; step += 1);
  parentPort.postMessage('done');
  // Stays: the thread of a worker that has nothing to do ends.
  parentPort.on('message', () => undefined);
}
