import { availableParallelism } from 'node:os';
import type { ActorSpawn } from '../actor/actor.js';
import { startActor } from '../actor/start-actor.js';
import { osThreadId } from '../base/os-thread.js';
import type { Suspension } from '../base/suspension.js';
import { type ChannelOptions, channel } from '../sharing/channel/channel.js';
import type { ThreadReceiver } from '../sharing/channel/thread-receiver.js';
import type { ThreadSender } from '../sharing/channel/thread-sender.js';
import type { JoinHandle } from '../task/join-handle.js';
import type { Op } from '../task/op.js';
import { park, parkTimeout } from '../thread/park.js';
import { prewarm } from '../thread/spares.js';
import { startThread } from '../thread/start-thread.js';
import { type ThreadMetrics, threadMetrics } from '../thread/thread-metrics.js';
import { threadOf } from '../thread/thread-of.js';
import { checkedThreadOptions, type ThreadOptions } from '../thread/thread-options.js';
import type { ThreadSpawn } from '../thread/thread-spawn.js';
import type { ItemCheck } from '../wire/send-check.js';
import { thisThread } from '../wire/this-thread.js';
import type { Thread } from '../wire/thread.js';
import { type ThreadScope, threadScope } from './thread-scope.js';

/**
 * OS threads: computations that the kernel schedules, each in an isolate of its own.
 *
 * Source: `std::thread`.
 *
 * @example
 * const handle = thread.spawn((limit) => {
 *   let sum = 0;
 *   for (let n = 0; n < limit; n += 1) sum += n;
 *   return sum;
 * }, 1_000);
 * console.log((await handle).unwrap()); // 499500
 */
export const thread: ThreadNamespace = {
  spawn: (fn, ...args) => startThread({}, fn, args),

  builder(options) {
    const kept = checkedThreadOptions(options);
    return {
      spawn: (fn, ...args) => startThread(kept, fn, args),
      actor: actorSpawn(kept),
    };
  },

  scope: threadScope,
  prewarm,
  current: thisThread,
  of: threadOf,
  park,
  parkTimeout,
  channel,
  actor: actorSpawn({}),
  availableParallelism,
  osThreadId,
  metrics: threadMetrics,
};

/** What `thread` has. */
export interface ThreadNamespace {
  /**
   * Starts a task function on an OS thread of its own, and returns at once.
   *
   * The thread runs in parallel with this one, and the kernel preempts it: nothing that it does holds up this
   * thread. It takes tens of milliseconds to start: V8 makes an isolate, and this library is loaded in it. It ends
   * when the function has ended: tasks and threads that it left are aborted first. The function may be async or a
   * generator, and `spawn`, `sleep` and the rest work inside.
   *
   * **Abort.** A function that has not begun never does. A running one is asked: `task.signal` fires, and
   * `task.isAborted()` is true even in a loop that never gives up the thread; after `graceMs` the thread is
   * terminated, and then no `finally` runs. The handle gives *cancelled* all the same; a value only when it was
   * answered before the abort. A throw in the cleanup is a *panic*.
   *
   * **Crash.** A thread that goes away without an answer (`process.exit()`, an error that nobody caught, out of
   * memory) gives a `JoinError` of kind `crash`. A module that cannot be loaded is a *panic*.
   *
   * Throws a `TypeError` for a function or an argument that cannot cross, by name, and a `RangeError` when 256
   * threads are alive. Source: `std::thread::spawn`.
   */
  readonly spawn: ThreadSpawn;
  /**
   * Prepares a spawn with options, to be used any number of times. Throws a `TypeError` or `RangeError` that
   * names the option which is wrong; what only Node can tell (`execArgv`) is thrown by its `spawn`. What is in
   * the options is copied here: a later change reaches no thread. Source: `std::thread::Builder`.
   *
   * @example
   * const limited = thread.builder({ name: 'crunch', timeoutMs: 5_000, resourceLimits: { maxOldGenerationSizeMb: 64 } });
   * const handle = limited.spawn((text) => text.length, 'heddle');
   * console.log((await handle).unwrap()); // 6
   */
  builder(options: ThreadOptions): ThreadBuilder;
  /**
   * Keeps `count` spares from now on: threads that have booted, so that a spawn costs a message and not a start.
   *
   * The operation gives nothing, when all have booted; the booting has begun whether or not it is waited for. A
   * spare serves one spawn, and is replaced when no further one has come for 50 ms. A spawn with `resourceLimits`,
   * `env` or `execArgv` starts a thread of its own all the same. A function on a spare may begin before `thread.spawn`
   * has returned. Spares keep no process alive; each holds about 10 MB. A spare has the environment
   * (`process.env`) of the moment it was made. `prewarm(0)` ends them.
   *
   * Throws a `RangeError` for a number that is not from 0 to 256. The operation throws what a spare could not
   * boot for; a spawn does not need it, it starts a thread then.
   *
   * @example
   * await thread.prewarm(2);
   * const handle = thread.spawn(() => 6 * 7); // begins within a millisecond, not after tens
   * console.log((await handle).unwrap()); // 42
   * await thread.prewarm(0);
   */
  prewarm(count: number): Op<void>;
  /**
   * Runs `body` with threads that cannot outlive it, and gives its value when all of them have ended.
   *
   * As in std, a failure ends nobody else. What the body throws is thrown on, and otherwise `a scoped thread panicked`
   * (or `crashed`) when one did whose handle the program has not joined, with its `JoinError` as the `cause`: both
   * after all have ended. A thread that was aborted by its handle is no failure. The other `scope` of this library
   * takes tasks as well, aborts all others at the first failure, and throws that.
   *
   * An abort of the scope aborts the body and the threads, and ends when none is alive. A generator body runs as
   * part of the current task; any other runs as a task of its own. A scoped thread that spawns more opens a
   * scope of its own: what a thread leaves behind is aborted. Source: `std::thread::scope`.
   *
   * @example
   * const counter = new Int32Array(new SharedArrayBuffer(4));
   * await thread.scope((s) => {
   *   s.spawn((counter) => Atomics.add(counter, 0, 1), counter);
   *   s.spawn((counter) => Atomics.add(counter, 0, 3), counter);
   * });
   * console.log(counter[0]); // 4
   */
  scope<T>(
    body: (scope: ThreadScope) => T | PromiseLike<T> | Generator<Suspension, T, unknown>,
  ): Op<Awaited<T>>;
  /**
   * The thread that calls: the process's first, one of `thread.spawn`, or any other.
   *
   * Source: `std::thread::current`.
   */
  current(): Thread;
  /**
   * The thread behind a handle of `thread.spawn`. Throws a `TypeError` for any other handle, whose task has no thread
   * of its own. Source: `JoinHandle::thread`.
   */
  of(handle: JoinHandle<unknown>): Thread;
  /**
   * Blocks this thread until its token is there, and takes it. `unpark` of its `Thread`, called on any thread, leaves
   * the token; one that was left before makes this return at once. There is at most one.
   *
   * It may return for no reason, and an abort of the thread leaves a token too: call it in a loop that looks at what it
   * waits for, and at `task.isAborted()`. Until it returns the thread runs nothing else, neither timers nor
   * messages, and a signal handler waits too. So it throws an `Error` where this thread has other tasks. Source:
   * `std::thread::park`.
   *
   * @example
   * const ready = new Int32Array(new SharedArrayBuffer(4));
   * const handle = thread.spawn(async (ready) => {
   *   const { task, thread } = await import('@heddle/runtime');
   *   while (Atomics.load(ready, 0) === 0 && !task.isAborted()) thread.park();
   *   return Atomics.load(ready, 0);
   * }, ready);
   * Atomics.store(ready, 0, 1);
   * thread.of(handle).unpark();
   * console.log((await handle).unwrap()); // 1
   */
  park(): void;
  /**
   * As `park`, and returns after `timeoutMs` milliseconds at the latest; `Infinity` is for ever. Source:
   * `std::thread::park_timeout`.
   */
  parkTimeout(timeoutMs: number): void;
  /**
   * Makes a channel between two threads that holds up to `capacity` items, and gives its two ends: as
   * `mpsc.channel`, but either end can be given to another thread.
   *
   * An end moves by being passed: in an argument, a result or an item of another channel. Given as an argument it
   * belongs to the task that it was given to, and is closed when that settles, unless the task returned it, itself or
   * right inside an array or an object.
   *
   * A sender waits while the channel is full, so a fast thread cannot outrun a slow one. Items arrive in the order in
   * which they were sent; they cross as arguments do: cloned, by `move()` transferred, or refused by name. When the
   * thread at one end is gone, however it ended, the other end is told: a receiver gets what was sent and then
   * `undefined`, a sender a `ChannelClosed`. Who waits keeps the process alive; a channel by itself does not.
   *
   * Throws a `TypeError` or `RangeError` unless `capacity` is a whole number from 1 to 2 ** 31 - 1.
   * Source: `std::sync::mpsc::sync_channel`, `tokio::sync::mpsc::channel`.
   *
   * @example
   * const [progress, reports] = thread.channel<number>({ capacity: 16 });
   * const sum = thread.spawn((progress) => {
   *   let sum = 0;
   *   for (let n = 1; n <= 1_000_000; n += 1) {
   *     sum += n;
   *     if (n % 250_000 === 0) progress.trySend(n / 10_000);
   *   }
   *   return sum;
   * }, progress);
   * for await (const percent of reports) console.log(`${percent} %`);
   * console.log((await sum).unwrap()); // 500000500000
   */
  channel<T>(options: ChannelOptions & ItemCheck<T>): [ThreadSender<T>, ThreadReceiver<T>];
  /**
   * Puts an object of a class that a module exports on an OS thread of its own, and returns at once.
   *
   * `remote` has its methods, each of which gives a promise: of what the method gave, or rejected with what it
   * threw, class, fields and causes kept as a panic's are. Arguments and results cross as those of `thread.spawn`,
   * refused by name at the call; functions as `proxy(fn)`. Calls begin in the order made. Each is a task there:
   * one that waits lets others begin, and `task.signal` fires when the actor is aborted.
   *
   * The thread stays, and keeps the process alive, until `stop()` (or `await using`), an abort, or
   * `handle.detach()`. **Stop** answers what was called before, disposes of the object, and ends. **Abort** asks
   * the calls that are running to end, disposes of the object, and terminates the thread after `graceMs`.
   * However the thread ends, every call that was not answered, and every later one, rejects with the `JoinError`
   * that `handle` gives; after a stop with `ActorStopped`. A constructor that throws is a *panic*.
   *
   * Throws as `thread.spawn` does.
   *
   * @example
   * const counters = tasksFrom<typeof import('./counter.js')>(new URL('./counter.js', import.meta.url));
   * const counter = thread.actor(counters.Counter, 40);
   * console.log(await counter.remote.add(2)); // 42
   * await counter.stop();
   */
  readonly actor: ActorSpawn;
  /** How many threads the machine runs at a time for this process. Source: `std::thread::available_parallelism`. */
  availableParallelism(): number;
  /**
   * The id by which the kernel knows the thread that calls, in a thread function too: the one under
   * `/proc/self/task`. `undefined` where that cannot be had, which is everywhere but on Linux.
   */
  osThreadId(): number | undefined;
  /** Counts the threads that this thread has started, and the messages between. */
  metrics(): ThreadMetrics;
}

/** A `thread.spawn` that was prepared with options. It may be used many times. */
export interface ThreadBuilder {
  readonly spawn: ThreadSpawn;
  /** Starts an actor on a thread with these options. `timeoutMs` counts from its start, and aborts it. */
  readonly actor: ActorSpawn;
}

function actorSpawn(options: ThreadOptions): ActorSpawn {
  const spawn: ActorSpawn = (Class, ...args) => startActor(options, Class, args);
  return spawn;
}
