/**
 * What a recording consists of: one thing that happened, at one moment, seen by our executors or by the kernel.
 *
 * Times are whole nanoseconds on one monotonic clock, from the run's zero on: the moment at which its barrier opened,
 * or its first event. What happened before, the start of its threads say, is below zero. Within a run the events are
 * in the order of their times.
 *
 * A thread is named by the place that it has in the recording, from 0, which is the thread that began it; the kernel
 * names it by its `tid`. A task is named by the thread that numbered it and its id there: `'0:7'`.
 */
export type TraceEvent = TaskEvent | ThreadEvent | KernelEvent | CountedEvent | MarkEvent;

/** The thread and the id that name a task: `'0:7'` is task 7 of the thread at place 0. */
export type TaskKey = `${number}:${number}`;

/** How a poll ended. `unseen` is the end of an async poll that a promise of others hid: its time is an upper bound. */
export type PollEnd = 'yielded' | 'suspended' | 'settled' | 'unseen';

/** How a task settled. */
export type TaskEnd = 'value' | 'panic' | 'cancelled' | 'crash';

/** What an executor did with a task, on the thread at place `thread`. */
export type TaskEvent =
  /**
   * A task was made. `by` is the task that did it, `at` the place in its source where that was noted. One that is
   * `early` was there before the recording, and `t` is the recording's beginning; a `pend` right after says that it waits.
   */
  | (On & {
      readonly k: 'spawn';
      readonly task: TaskKey;
      readonly by?: TaskKey;
      readonly name?: string;
      readonly at?: string;
      readonly early?: true;
    })
  /** A poll began, and so many other tasks were ready. */
  | (On & { readonly k: 'poll'; readonly task: TaskKey; readonly ready: number })
  /** It ended. `on` says in words what the task waits for now, `of` which task where it is one. */
  | (On & {
      readonly k: 'pend';
      readonly task: TaskKey;
      readonly end: PollEnd;
      readonly on?: string;
      readonly of?: TaskKey;
    })
  /** A waiting task became ready: through a task `by`, or else through the event loop: a timer, a socket, a message. */
  | (On & { readonly k: 'wake'; readonly task: TaskKey; readonly by?: TaskKey })
  /** It was asked to end. */
  | (On & { readonly k: 'abort'; readonly task: TaskKey; readonly by?: TaskKey })
  | (On & { readonly k: 'settle'; readonly task: TaskKey; readonly end: TaskEnd });

/** What became of a thread that records itself. */
export type ThreadEvent =
  /** It records from here on. `job` is the task for which it was started, where it runs one alone. */
  | (On & { readonly k: 'thread'; readonly name: string; readonly tid?: number; readonly job?: TaskKey })
  /** Its executor has nothing to poll, and gives the thread to the event loop. */
  | (On & { readonly k: 'park' })
  | (On & { readonly k: 'unpark' })
  /** It ended, or its recording did. */
  | (On & { readonly k: 'exit' });

/** What the kernel did with a thread of ours: level `exact` alone. */
export type KernelEvent =
  /** It got a CPU. `inferred`: the kernel did not say so, but spoke of it as there; this is the earliest it can be. */
  | (At & { readonly k: 'on'; readonly tid: number; readonly cpu: number; readonly inferred?: true })
  /**
   * It lost it, and `by` has it now: another thread of ours, another program, or nobody. `inferred`: the kernel did
   * not say so, but somebody else was there; neither the reason nor `by` is certain.
   */
  | (At & {
      readonly k: 'off';
      readonly tid: number;
      readonly cpu: number;
      readonly why: OffReason;
      readonly by: number | 'other' | 'idle';
      readonly inferred?: true;
    })
  /** It wants a CPU again. */
  | (At & { readonly k: 'waking'; readonly tid: number; readonly by: Waker })
  | (At & { readonly k: 'migrate'; readonly tid: number; readonly from: number; readonly to: number })
  | (At & { readonly k: 'fork'; readonly tid: number; readonly by: number | 'other' })
  /** It exists no more, and nothing is said of it after this. */
  | (At & { readonly k: 'gone'; readonly tid: number });

/** Why a thread lost its CPU: it wanted to go on, it began to sleep, to wait for a disk, or to exist no more. */
export type OffReason = 'preempted' | 'asleep' | 'disk' | 'exited';

/** Who woke a thread: another one of ours by its tid, another program, or an interrupt, of a timer or a device. */
export type Waker = number | 'other' | 'interrupt';

/**
 * What `/proc` has counted for one thread up to `t`: level `counted` alone. Numbers are totals since its start.
 *
 * The kernel writes them down late: time on a CPU at its next clock tick (of 1 to 10 ms) or switch, time spent
 * waiting for a CPU when the wait is over. So within one stretch they may come to more than the stretch is long.
 */
export type CountedEvent = At & {
  readonly k: 'count';
  readonly tid: number;
  /** The CPU it was last on. */
  readonly cpu: number;
  readonly runNs: number;
  readonly waitNs: number;
  /** How often it got a CPU. */
  readonly slices: number;
  readonly voluntary: number;
  readonly involuntary: number;
};

/** A moment that the program named. */
export type MarkEvent = On & { readonly k: 'mark'; readonly name: string };

/** When, in nanoseconds from the run's zero on. */
export interface At {
  readonly t: number;
}

/** When, and on which thread by its place in the recording. */
export interface On extends At {
  readonly thread: number;
}
