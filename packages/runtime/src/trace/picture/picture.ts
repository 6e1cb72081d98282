import type { OffReason, PollEnd, TaskEnd, TaskKey, Waker } from '../trace-event.js';

/**
 * What a run looked like: its events put together to intervals. The terminal, the page, the Perfetto file and the
 * assertions all show this and nothing else.
 *
 * All lists are in the order of their times; intervals of one lane do not overlap, and those of a thread or a task
 * tile its life. Times are nanoseconds, as in the events.
 */
export interface Picture {
  readonly label: string;
  readonly fromNs: number;
  readonly endNs: number;
  /** Empty but at level `exact`. */
  readonly cpus: readonly CpuLane[];
  /** By their places in the recording; threads that only the kernel saw come after those. */
  readonly threads: readonly ThreadLane[];
  /** In the order of their spawns. */
  readonly tasks: readonly TaskLane[];
  readonly counters: readonly CounterLane[];
  readonly marks: readonly { readonly atNs: number; readonly name: string }[];
}

/** From a moment on, and up to another. */
export interface Interval {
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * Who had a CPU. Only switches from and to threads of ours are seen: an interval of another program begins where it
 * took the CPU from one of ours, and ends where one of ours has it again, though it may have slept or been replaced
 * in between. What there is no interval for, none of ours had, and as far as is known nobody.
 */
export interface CpuLane {
  readonly cpu: number;
  readonly slices: readonly (Interval & { readonly tid: number | 'other' })[];
}

/** One OS thread. */
export interface ThreadLane {
  /** Its place in the recording; `undefined` for one that only the kernel saw. */
  readonly thread: number | undefined;
  readonly tid: number | undefined;
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
  /** What it did, exactly: level `exact` alone. */
  readonly slices: readonly ThreadSlice[];
  /** Of each stretch, how much it ran, wanted a CPU and slept, from 0 to 1 each: level `counted` alone. */
  readonly bands: readonly (Interval & {
    readonly running: number;
    readonly runnable: number;
    readonly asleep: number;
  })[];
  /** Undefined where nobody counted. */
  readonly preemptions: number | undefined;
  readonly migrations: number | undefined;
  readonly runNs: number | undefined;
  readonly runnableNs: number | undefined;
}

/** What a thread does: it has a CPU, wants one, or waits for something else. */
export type ThreadState = 'running' | 'runnable' | 'asleep';

/** What a thread did for a while. */
export interface ThreadSlice extends Interval {
  readonly state: ThreadState;
  /** On which CPU, while it runs. */
  readonly cpu?: number;
  /** Why a running one ended, and who had the CPU next. */
  readonly why?: OffReason;
  readonly by?: number | 'other' | 'idle';
  /** Who woke it, for the first interval after a sleep. */
  readonly wokenBy?: Waker;
}

/** One task. */
export interface TaskLane {
  readonly task: TaskKey;
  readonly name: string | undefined;
  readonly at: string | undefined;
  readonly spawnedBy: TaskKey | undefined;
  /** The thread whose executor polled it; that of its spawn where none did. */
  readonly thread: number;
  readonly fromNs: number;
  readonly toNs: number;
  /** `undefined` while it lives. */
  readonly end: TaskEnd | undefined;
  readonly slices: readonly TaskSlice[];
  /** From its spawn to its first poll; undefined where there was none. OSTEP's response time. */
  readonly responseNs: number | undefined;
  /** From its spawn to its end; undefined while it lives. */
  readonly turnaroundNs: number | undefined;
  /** How long it was ready and not polled, all together. */
  readonly waitNs: number;
  readonly polls: number;
}

/** What a task does: it is polled, could be, or waits. */
export type TaskState = 'polled' | 'ready' | 'waiting';

/** What a task did for a while. */
export interface TaskSlice extends Interval {
  readonly state: TaskState;
  /** How a poll ended. At `unseen`, `toNs` is an upper bound. */
  readonly end?: PollEnd;
  /** What a waiting task waits for, in words, and which task where it is one. */
  readonly on?: string;
  readonly of?: TaskKey;
  /** Who made a ready task ready: another task, or the event loop. Left out after a spawn and after a yield. */
  readonly wokenBy?: TaskKey | 'event loop';
  /** The parts of a poll in which its thread had no CPU. The user-space scheduler cannot see these. */
  readonly withoutCpu?: readonly Interval[];
}

/** A number that changes at moments: it has the value of `values[i]` from `atNs[i]` on. */
export interface CounterLane {
  readonly name: 'ready tasks' | 'runnable threads';
  /** Of which thread's executor, for ready tasks. */
  readonly thread?: number;
  readonly atNs: readonly number[];
  readonly values: readonly number[];
}
