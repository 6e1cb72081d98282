import type { Picture, ThreadLane, TraceRun } from '@heddle/runtime/trace';
import { sinceBarrier } from '../facts/since-barrier.js';
import type { PageRun } from './page-input.js';

/** What a run comes to, from its zero on: start-up is not scheduling. Undefined is what nobody saw. */
export interface Totals {
  readonly lengthNs: number;
  readonly cpuNs: number | undefined;
  readonly wantedCpuNs: number | undefined;
  readonly preemptions: number | undefined;
  readonly migrations: number | undefined;
  readonly tasks: number;
  readonly polls: number;
  readonly longestPollNs: number | undefined;
  readonly taskWaitNs: number;
  readonly responseNs: number | undefined;
  readonly turnaroundNs: number | undefined;
}

export function totalsOf({ run, picture: whole }: PageRun): Totals {
  const picture = sinceBarrier(whole);
  const { tasks, endNs } = picture;
  const lanes = picture.threads.map(threadTotals);
  return {
    lengthNs: endNs,
    cpuNs: kernelSaw(run) ? sum(lanes.map(({ runNs }) => runNs)) : run.usage?.cpuNs,
    wantedCpuNs: kernelSaw(run) ? sum(lanes.map(({ runnableNs }) => runnableNs)) : undefined,
    preemptions: known(lanes.map(({ preemptions }) => preemptions)) ?? run.usage?.involuntary,
    migrations: known(lanes.map(({ migrations }) => migrations)),
    tasks: tasks.length,
    polls: sum(
      tasks.map(({ slices }) => slices.filter(({ state, toNs }) => state === 'polled' && toNs > 0).length),
    ),
    longestPollNs: longestPoll(picture),
    taskWaitNs: sum(
      tasks.flatMap(({ slices }) => slices.filter(({ state }) => state === 'ready').map(sinceZero)),
    ),
    responseNs: mean(tasks.map(({ responseNs }) => responseNs)),
    turnaroundNs: mean(tasks.map(({ turnaroundNs }) => turnaroundNs)),
  };
}

/** What one thread of a picture since the barrier comes to. */
export function threadTotals(lane: ThreadLane): {
  readonly runNs: number;
  readonly runnableNs: number;
  readonly preemptions: number | undefined;
  readonly migrations: number | undefined;
} {
  return {
    runNs: timeIn(lane, 'running'),
    runnableNs: timeIn(lane, 'runnable'),
    preemptions: lane.preemptions,
    migrations: lane.migrations,
  };
}

function kernelSaw({ level }: TraceRun): boolean {
  return level !== 'process';
}

function timeIn({ slices, bands }: ThreadLane, state: 'running' | 'runnable'): number {
  return slices.length > 0
    ? sum(slices.filter((slice) => slice.state === state).map(sinceZero))
    : sum(bands.map((band) => sinceZero(band) * band[state]));
}

/** How much of an interval is after zero. */
export function sinceZero({ fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }): number {
  return Math.max(0, toNs - Math.max(0, fromNs));
}

function known(counts: readonly (number | undefined)[]): number | undefined {
  const seen = counts.filter((count) => count !== undefined);
  return seen.length === 0 ? undefined : sum(seen);
}

function longestPoll({ tasks }: Picture): number | undefined {
  let longest: number | undefined;
  for (const { slices } of tasks) {
    for (const { state, fromNs, toNs } of slices) {
      if (state === 'polled' && toNs > 0 && toNs - fromNs > (longest ?? 0)) longest = toNs - fromNs;
    }
  }
  return longest;
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : sum(known) / known.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
