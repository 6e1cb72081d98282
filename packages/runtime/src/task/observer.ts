import type { Seat } from '../base/seat.js';
import type { Task } from './task.js';

/**
 * Who is told of everything that becomes of the tasks of this thread, while it is being recorded.
 *
 * Each call is made at the moment it tells of, in the hot path of a recorded program: it writes a few numbers and
 * neither throws nor calls anything of the program's. `atMs` is that moment on `performance.now()`, where the caller
 * has just read it. Source: the runtime hooks of tokio, and what its `tracing` spans say.
 */
export interface Observer {
  /** A task was made: by a task, or by code that is in none. */
  spawned(task: Task<unknown>, by: Task<unknown> | undefined): void;
  /** A task was there before the recording began. */
  found(task: Task<unknown>, atMs: number): void;
  /** A poll begins while so many other tasks are ready. */
  pollBegan(task: Task<unknown>, ready: number, atMs: number): void;
  /** It is over. What a suspended task waits for is in the task. */
  pollEnded(task: Task<unknown>, end: ObservedEnd, atMs: number): void;
  /** A poll that ended as `LATER` ended so. */
  pollKnown(task: Task<unknown>, end: KnownEnd): void;
  /** A waiting task is ready again, through another one or through the event loop. */
  woken(task: Task<unknown>, by: Task<unknown> | undefined): void;
  /** It was asked to end, for the first time. */
  aborted(task: Task<unknown>, by: Task<unknown> | undefined): void;
  /** It has its outcome. */
  settled(task: Task<unknown>): void;
  /** The executor has nothing to poll, and gives the thread to the event loop. */
  parked(): void;
  unparked(): void;
  /** The program has named this moment. */
  marked(name: string): void;
  /**
   * What a thread that is started now is given, to be recorded too; `undefined` where no more of them can be. `job` is
   * the task for which it is started, where there is one.
   */
  seat(job: Task<unknown> | undefined): Seat | undefined;
  /** No thread came of it, and another may have the seat. */
  unused(seat: Seat): void;
  /** A thread that had a seat is gone. What it has said itself counts more. */
  gone(seat: Seat): void;
}

/** How a poll ended. LATER: what an async body does next is seen a microtask later, or not at all. */
export const YIELDED = 0;
export const SUSPENDED = 1;
export const SETTLED = 2;
export const LATER = 3;
export type KnownEnd = typeof YIELDED | typeof SUSPENDED | typeof SETTLED;
export type ObservedEnd = KnownEnd | typeof LATER;

/** Who observes this thread: nobody, but while it is being recorded. */
export const observed: { by: Observer | undefined } = { by: undefined };
