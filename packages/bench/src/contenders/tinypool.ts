import type { Transferable } from 'node:worker_threads';
import { Tinypool } from 'tinypool';
import { overThreads } from './over-threads.js';
import { POOL_SIZE } from './pool-size.js';

const pool = new Tinypool({
  filename: new URL('./pool-bodies.js', import.meta.url).href,
  minThreads: POOL_SIZE,
  maxThreads: POOL_SIZE,
});
let jobs = 0;

/** tinypool with its defaults, but for a fixed number of threads. */
export const contender = overThreads(
  {
    compute: (seed, steps) => run<number>('compute', [seed, steps]),
    ping: (control, port, cpus) => run<void>('ping', [control, port, cpus], [control, port]),
    pong: (port, cpus) => run<void>('pong', [port, cpus], [port]),
    tick: (control, everyMs) => run<number[]>('tick', [control, everyMs], [control]),
    counters: () => ({ threads: pool.threads.length, messages: 2 * jobs }),
  },
  { unit: 'job' },
);

function run<T>(name: string, args: unknown[], transferList?: Transferable[]): Promise<T> {
  jobs += 1;
  return pool.run(args, transferList === undefined ? { name } : { name, transferList }) as Promise<T>;
}
