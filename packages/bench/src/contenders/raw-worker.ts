import { type Transferable, Worker } from 'node:worker_threads';
import { overThreads } from './over-threads.js';

const entry = new URL('./raw-worker-entry.js', import.meta.url);
let started = 0;
let messages = 0;

/** Node's `Worker` without any library: one thread per call, its arguments in `workerData`. */
export const contender = overThreads({
  compute: (seed, steps) => run<number>('compute', [seed, steps]),
  ping: (control, port, cpus) => run<void>('ping', [control, port, cpus], [control, port]),
  pong: (port, cpus) => run<void>('pong', [port, cpus], [port]),
  tick: (control, everyMs) => run<number[]>('tick', [control, everyMs], [control]),
  counters: () => ({ threads: started, messages }),
});

function run<T>(body: string, args: unknown[], transferList: Transferable[] = []): Promise<T> {
  return new Promise((resolve, reject) => {
    started += 1;
    const worker = new Worker(entry, { workerData: { body, args }, transferList });
    worker.once('message', (value: T) => {
      messages += 1;
      resolve(value);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with code ${code} and no answer`)));
  });
}
