import type { Picture, TaskLane, TaskSlice, ThreadLane, ThreadSlice } from '@heddle/runtime/trace';

const MS = 1e6;

/** A picture of some tasks and threads, with nothing that nobody asked for. */
export function picture(label: string, tasks: readonly TaskLane[], threads: readonly ThreadLane[]): Picture {
  const ends = [...tasks, ...threads].map(({ toNs }) => toNs);
  return { label, fromNs: 0, endNs: Math.max(...ends), cpus: [], threads, tasks, counters: [], marks: [] };
}

type Stretch<S> = readonly [state: S, fromMs: number, toMs: number, more?: object];

export function task(
  name: string,
  thread: number,
  stretches: readonly Stretch<TaskSlice['state']>[],
): TaskLane {
  const slices = stretches.map(([state, from, to, more]) => ({
    state,
    fromNs: from * MS,
    toNs: to * MS,
    ...more,
  }));
  const toNs = slices.at(-1)?.toNs ?? 0;
  return {
    task: `${thread}:${name.length + slices.length}`,
    name,
    at: undefined,
    spawnedBy: undefined,
    thread,
    fromNs: slices[0]?.fromNs ?? 0,
    toNs,
    end: 'value',
    slices,
    responseNs: slices.find(({ state }) => state === 'polled')?.fromNs,
    turnaroundNs: toNs,
    waitNs: slices.filter(({ state }) => state === 'ready').reduce((sum, s) => sum + s.toNs - s.fromNs, 0),
    polls: slices.filter(({ state }) => state === 'polled').length,
  };
}

/** A thread of which the kernel counted how long it wanted a CPU, or not even that. */
export function counted(place: number, runnableMs: number | undefined): ThreadLane {
  const runnableNs = runnableMs === undefined ? undefined : runnableMs * MS;
  return {
    ...thread(place, []),
    preemptions: undefined,
    migrations: undefined,
    runNs: undefined,
    runnableNs,
  };
}

export function thread(place: number, stretches: readonly Stretch<ThreadSlice['state']>[]): ThreadLane {
  const slices = stretches.map(([state, from, to, more]) => ({
    state,
    fromNs: from * MS,
    toNs: to * MS,
    ...more,
  }));
  const total = (state: string): number =>
    slices.filter((slice) => slice.state === state).reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
  return {
    thread: place,
    tid: 100 + place,
    name: `thread ${place}`,
    fromNs: slices[0]?.fromNs ?? 0,
    toNs: slices.at(-1)?.toNs ?? 0,
    slices,
    bands: [],
    preemptions: slices.filter((slice) => 'why' in slice && slice.why === 'preempted').length,
    migrations: 0,
    runNs: total('running'),
    runnableNs: total('runnable'),
  };
}
