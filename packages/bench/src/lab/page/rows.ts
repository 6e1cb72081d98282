import type { CounterLane, CpuLane, Picture, TaskLane, ThreadLane } from '@heddle/runtime/trace';

/** One row of a run, with the lane of its picture that it shows. */
export type Row =
  | { readonly kind: 'cpu'; readonly lane: CpuLane }
  | { readonly kind: 'thread'; readonly lane: ThreadLane; readonly folds?: readonly number[] }
  | { readonly kind: 'task'; readonly lane: TaskLane }
  | { readonly kind: 'counter'; readonly lane: CounterLane };

/**
 * The rows of a run from top to bottom, the same in every picture: what the kernel has to give and how many want it,
 * then each thread with what its executor does below it. Threads that did nothing come last, in one
 * row where there are several: they are Node's own, and a reader looks for ours.
 */
export function rowsOf(picture: Picture): Row[] {
  const { cpus, threads, tasks, counters } = picture;
  const known = new Set(threads.map(({ thread }) => thread));
  const isOn = (thread: number | undefined) => thread !== undefined && known.has(thread);
  const ordered = [
    ...threads.filter(({ thread }) => thread !== undefined),
    ...inOrder(threads.filter((lane) => lane.thread === undefined && !isQuiet(lane))),
  ];
  return [
    ...cpus.map((lane): Row => ({ kind: 'cpu', lane })),
    ...counters.filter(({ thread }) => !isOn(thread)).map((lane): Row => ({ kind: 'counter', lane })),
    ...ordered.flatMap((lane): Row[] => [
      { kind: 'thread', lane },
      ...(lane.thread === undefined
        ? []
        : [...tasksOn(lane.thread, picture), ...countersOn(lane.thread, picture)]),
    ]),
    ...tasks.filter(({ thread }) => !isOn(thread)).map((lane): Row => ({ kind: 'task', lane })),
    ...folded(threads.filter(isQuiet), picture),
  ];
}

/** By their tids: that is nearly always in the order of their starts. */
function inOrder(lanes: readonly ThreadLane[]): ThreadLane[] {
  return [...lanes].sort((a, b) => (a.tid ?? 0) - (b.tid ?? 0));
}

/** One row for all threads that did nothing: asleep, as far as anybody saw. */
function folded(quiet: readonly ThreadLane[], { endNs }: Picture): Row[] {
  const [first] = quiet;
  if (first === undefined) return [];
  if (quiet.length === 1) return [{ kind: 'thread', lane: first }];
  const wasSeen = quiet.some(({ slices, bands }) => slices.length > 0 || bands.length > 0);
  const lane: ThreadLane = {
    ...first,
    tid: undefined,
    name: `${quiet.length} idle threads`,
    fromNs: 0,
    toNs: endNs,
    slices: wasSeen ? [{ fromNs: 0, toNs: endNs, state: 'asleep' }] : [],
    bands: [],
  };
  return [{ kind: 'thread', lane, folds: quiet.flatMap(({ tid }) => tid ?? []) }];
}

/** Whether only the kernel saw a thread, and it never ran after the start. */
export function isQuiet({ thread, slices, bands }: ThreadLane): boolean {
  if (thread !== undefined) return false;
  return (
    !slices.some(({ state, toNs }) => state === 'running' && toNs > 0) &&
    !bands.some(({ running, toNs }) => running > 0 && toNs > 0)
  );
}

function tasksOn(thread: number, { tasks }: Picture): Row[] {
  return tasks.filter((lane) => lane.thread === thread).map((lane) => ({ kind: 'task', lane }));
}

/** Of one task alone its own row says when it is ready. */
function countersOn(thread: number, { counters, tasks }: Picture): Row[] {
  if (tasks.filter((lane) => lane.thread === thread).length < 2) return [];
  return counters.filter((lane) => lane.thread === thread).map((lane) => ({ kind: 'counter', lane }));
}

/** What a row is called. */
export function rowName(row: Row): string {
  switch (row.kind) {
    case 'cpu':
      return `CPU ${row.lane.cpu}`;
    case 'thread':
      return row.lane.name;
    case 'task':
      return taskName(row.lane);
    case 'counter':
      return row.lane.name;
  }
}

/** A task without a name is called by its number. */
export function taskName({ name, task }: TaskLane): string {
  return name ?? `task ${task}`;
}
