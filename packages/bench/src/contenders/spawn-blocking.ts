import { type JoinHandle, move, Runtime, tasksFrom } from '@heddle/runtime';
import { overThreads } from './over-threads.js';
import { POOL_SIZE } from './pool-size.js';

const bodies = tasksFrom<typeof import('./thread-bodies.js')>(new URL('./thread-bodies.js', import.meta.url));
const { spawnBlocking, blocking } = new Runtime({
  blocking: { maxThreads: POOL_SIZE, idleTimeoutMs: Number.POSITIVE_INFINITY },
});
let jobs = 0;

/** heddle's pool of OS threads, behind the same handle. */
export const contender = overThreads(
  {
    compute: (seed, steps) => value(spawnBlocking(bodies.compute, seed, steps)),
    ping: (control, port, cpus) => value(spawnBlocking(bodies.ping, move(control), move(port), cpus)),
    pong: (port, cpus) => value(spawnBlocking(bodies.pong, move(port), cpus)),
    tick: (control, everyMs) => value(spawnBlocking(bodies.tick, move(control), everyMs)),
    counters: () => ({ threads: blocking.metrics().numBlockingThreads, messages: 2 * jobs }),
  },
  { unit: 'job' },
);

async function value<T>(handle: JoinHandle<T>): Promise<T> {
  jobs += 1;
  return (await handle).unwrap();
}
