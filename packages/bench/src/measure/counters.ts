/** What a contender counts itself, from the moment it was loaded. */
export interface OwnCounters {
  /** Steps of tasks, from resume to suspend. */
  readonly polls?: number;
  /** Times that an executor began to poll. */
  readonly turns?: number;
  /** Messages between threads, sent or received by this process's main thread, or between two of its threads. */
  readonly messages?: number;
  /** OS threads that were started. */
  readonly threads?: number;
  /** Looks at two threads that found them on one CPU, or on two. */
  readonly sameCpu?: number;
  readonly differentCpus?: number;
}

/** What was counted during some work, by the contender and by the kernel. */
export interface Counters extends OwnCounters {
  /** How often a thread gave up its CPU to wait. */
  readonly voluntary?: number;
  /** How often the kernel took its CPU from a thread that wanted to go on. */
  readonly involuntary?: number;
  /** CPU time of all threads of the process. */
  readonly cpuMs?: number;
  readonly elapsedMs?: number;
}

export type CounterName = keyof Counters;

const NAMES = {
  polls: true,
  turns: true,
  messages: true,
  threads: true,
  sameCpu: true,
  differentCpus: true,
  voluntary: true,
  involuntary: true,
  cpuMs: true,
  elapsedMs: true,
} satisfies Record<CounterName, true>;

/** What came in between: only what both readings have. */
export function difference(before: Counters, after: Counters): Counters {
  return combine(before, after, (from, to) => to - from);
}

/** Adds up: only what both have. */
export function sum(a: Counters, b: Counters): Counters {
  return combine(a, b, (x, y) => x + y);
}

function combine(a: Counters, b: Counters, merge: (x: number, y: number) => number): Counters {
  const merged: Partial<Record<CounterName, number>> = {};
  for (const name of Object.keys(NAMES) as CounterName[]) {
    const x = a[name];
    const y = b[name];
    if (x !== undefined && y !== undefined) merged[name] = merge(x, y);
  }
  return merged;
}
