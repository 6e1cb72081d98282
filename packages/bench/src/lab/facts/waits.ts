import type { Interval, Picture, TaskLane } from '@heddle/runtime/trace';
import { isAlone, lengthOf, longest, sinceStart, sumOf, threadOf } from './find-lanes.js';

/** For whom a task waited while it could have gone on: for our scheduler, which polled others, or for the kernel's. */
export interface Waits {
  /** Ready and not polled, though its thread had a CPU, or nobody knows whether it had. */
  readonly forPollNs: number;
  /** Its thread wanted a CPU and had none. Undefined where the kernel was not seen. */
  readonly forCpuNs: number | undefined;
  /**
   * How its thread was seen: every moment without a CPU, their sum alone, or nothing. Worst waits can be compared
   * only between runs that were watched: another's leaves out what the kernel did.
   */
  readonly cpu: 'watched' | 'counted' | 'unseen';
  /** The longest stretch of either kind. Where no kernel was watched: of those on account of our scheduler alone. */
  readonly worst: (Interval & { readonly who: 'executor' | 'kernel' }) | undefined;
}

/**
 * Tells the two apart. Time without a CPU counts for the kernel, also when the task was ready meanwhile: no scheduler
 * of ours could have polled it.
 */
export function waitsOf(picture: Picture, lane: TaskLane): Waits {
  const ready = sinceStart(lane.slices.filter(({ state }) => state === 'ready'));
  const thread = threadOf(picture, lane);
  const alone = isAlone(picture, lane);
  if (thread === undefined || thread.slices.length === 0) {
    // Alone on its thread, nothing of ours keeps a task waiting: what it waited for is what nobody saw.
    const inQueue = !alone || lane.polls === 0;
    return {
      forPollNs: sumOf(ready),
      forCpuNs: alone ? thread?.runnableNs : undefined,
      cpu: thread?.runnableNs === undefined ? 'unseen' : 'counted',
      worst: inQueue ? worstOf(ready, []) : undefined,
    };
  }
  const withoutCpu = sinceStart(thread.slices.filter(({ state }) => state === 'runnable'));
  // Alone on its thread, it also waits when the thread was woken for it, before the executor knows.
  const wanting = alone
    ? [{ fromNs: Math.max(0, lane.fromNs), toNs: lane.toNs }]
    : sinceStart(lane.slices.filter(({ state }) => state !== 'waiting'));
  const forCpu = overlaps(withoutCpu, wanting);
  return {
    forPollNs: sumOf(ready) - sumOf(overlaps(withoutCpu, ready)),
    forCpuNs: sumOf(forCpu),
    cpu: 'watched',
    worst: worstOf(ready, forCpu),
  };
}

function worstOf(ready: readonly Interval[], forCpu: readonly Interval[]): Waits['worst'] {
  const here = longest(ready);
  const there = longest(forCpu);
  if (here === undefined && there === undefined) return undefined;
  const mostlyKernel = here === undefined || lengthOf(there) * 2 > lengthOf(here);
  const slice = lengthOf(here) >= lengthOf(there) ? here! : there!;
  return { fromNs: slice.fromNs, toNs: slice.toNs, who: mostlyKernel ? 'kernel' : 'executor' };
}

/** The parts that two lists have in common. Each is in order and without overlaps of its own. */
export function overlaps(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  let at = 0;
  for (const slice of left) {
    while (at < right.length && right[at]!.toNs <= slice.fromNs) at += 1;
    for (let next = at; next < right.length && right[next]!.fromNs < slice.toNs; next += 1) {
      const fromNs = Math.max(slice.fromNs, right[next]!.fromNs);
      const toNs = Math.min(slice.toNs, right[next]!.toNs);
      if (toNs > fromNs) common.push({ fromNs, toNs });
    }
  }
  return common;
}
