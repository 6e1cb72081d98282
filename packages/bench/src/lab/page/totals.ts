import type { Picture, ThreadLane, TraceRun } from '@heddle/runtime/trace';
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

export function totalsOf({ run, picture }: PageRun): Totals {
  const { tasks, endNs } = picture;
  return {
    lengthNs: endNs,
    cpuNs: threadTime(run, picture, 'running') ?? run.usage?.cpuNs,
    wantedCpuNs: threadTime(run, picture, 'runnable'),
    preemptions: counted(picture, preemptionsOf) ?? run.usage?.involuntary,
    migrations: counted(picture, migrationsOf),
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

function threadTime(run: TraceRun, { threads }: Picture, state: 'running' | 'runnable'): number | undefined {
  if (run.level === 'process') return undefined;
  return sum(
    threads.map(({ slices, bands }) =>
      slices.length > 0
        ? sum(slices.filter((slice) => slice.state === state).map(sinceZero))
        : sum(bands.map((band) => sinceZero(band) * band[state])),
    ),
  );
}

function sinceZero({ fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }): number {
  return Math.max(0, toNs - Math.max(0, fromNs));
}

function counted({ threads }: Picture, of: (lane: ThreadLane) => number | undefined): number | undefined {
  const known = threads.map(of).filter((count) => count !== undefined);
  return known.length === 0 ? undefined : sum(known);
}

function preemptionsOf({ slices, preemptions }: ThreadLane): number | undefined {
  if (slices.length === 0) return preemptions;
  return slices.filter(({ why, toNs }) => why === 'preempted' && toNs >= 0).length;
}

function migrationsOf({ slices, migrations }: ThreadLane): number | undefined {
  if (slices.length === 0) return migrations;
  const running = slices.filter(({ state, fromNs }) => state === 'running' && fromNs >= 0);
  return running.filter(({ cpu }, place) => place > 0 && cpu !== running[place - 1]?.cpu).length;
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
