import { currentExecutor } from '../executor/current-executor.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import './default-executor.js';
import { type Blocking, blockingOn } from './blocking-on.js';
import { Runtime } from './runtime.js';

/**
 * The blocking pool of the current runtime: spawns with options, back-pressure and counters.
 *
 * The default runtime's pool is made for its first job; `new Runtime({ blocking: { maxThreads, maxQueue } })` makes
 * one of another size.
 *
 * @example
 * await blocking.ready();
 * const handle = blocking.builder({ name: 'sum', timeoutMs: 10_000 }).spawn((a, b) => a + b, 1, 2);
 * console.log((await handle).unwrap(), blocking.metrics().numBlockingThreads); // 3 1
 */
export const blocking: Blocking = blockingOn(() => Runtime.blockingHomeOf(currentExecutor()));

/**
 * Runs a task function on a thread of the pool, and returns at once. For work that would hold up the event loop.
 *
 * It is as `thread.spawn`, except that threads are used again: there are at most as many as the machine runs at a
 * time, and a job that finds none idle waits in line. So a spawn costs a message where that of a thread costs
 * tens of milliseconds, and a job finds what the one before left in its modules and globals. Tasks, threads and
 * jobs that a function has started end with it; its timers and sockets do not. Arguments are copied at the call.
 *
 * **Abort.** A waiting job is taken out of the line. A running one is asked: `task.signal` fires and
 * `task.isAborted()` is true, also in a loop that never gives up the thread; after `graceMs` the thread is terminated
 * and replaced, and then no `finally` runs. A body that ends in time keeps its thread. The handle gives *cancelled*
 * all the same. Tokio cannot stop a blocking job that runs; here the kernel can.
 *
 * **Crash.** A thread that goes away (`process.exit()`, an error that nobody caught, out of memory) crashes its own
 * job, no other, and is replaced. An error thrown by what an earlier job has left behind counts as the current one's.
 *
 * Throws a `TypeError` for a function or an argument that cannot cross, by name, and a `RangeError` when `maxQueue`
 * jobs wait: see `blocking.ready()`. Source: `tokio::task::spawn_blocking`.
 *
 * @example
 * const handle = spawnBlocking((limit) => {
 *   let sum = 0;
 *   for (let n = 0; n < limit; n += 1) sum += n;
 *   return sum;
 * }, 1_000);
 * console.log((await handle).unwrap()); // 499500
 */
export const spawnBlocking: ThreadSpawn = blocking.spawn;
