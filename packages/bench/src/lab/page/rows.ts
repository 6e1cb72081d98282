import type { CounterLane, CpuLane, Picture, TaskLane, ThreadLane } from '@heddle/runtime/trace';

/** One row of a run, with the lane of its picture that it shows. */
export type Row =
  | { readonly kind: 'cpu'; readonly lane: CpuLane }
  | { readonly kind: 'thread'; readonly lane: ThreadLane }
  | { readonly kind: 'task'; readonly lane: TaskLane }
  | { readonly kind: 'counter'; readonly lane: CounterLane };

/**
 * The rows of a run from top to bottom, the same in every picture: what the kernel has to give, then each thread with
 * what its executor does below it, then what is counted for all. Threads that only the kernel saw come last: they are
 * Node's own, and a reader looks for ours.
 */
export function rowsOf(picture: Picture): Row[] {
  const threads = picture.threads.filter(({ thread }) => thread !== undefined);
  const kernelOnly = picture.threads.filter(({ thread }) => thread === undefined);
  const known = new Set(threads.map(({ thread }) => thread));
  return [
    ...picture.cpus.map((lane): Row => ({ kind: 'cpu', lane })),
    ...threads.flatMap((lane): Row[] => [
      { kind: 'thread', lane },
      ...picture.tasks
        .filter(({ thread }) => thread === lane.thread)
        .map((task): Row => ({ kind: 'task', lane: task })),
      ...picture.counters
        .filter(({ thread }) => thread !== undefined && thread === lane.thread)
        .map((counter): Row => ({ kind: 'counter', lane: counter })),
    ]),
    ...picture.tasks.filter(({ thread }) => !known.has(thread)).map((lane): Row => ({ kind: 'task', lane })),
    ...picture.counters
      .filter(({ thread }) => thread === undefined || !known.has(thread))
      .map((lane): Row => ({ kind: 'counter', lane })),
    ...kernelOnly.map((lane): Row => ({ kind: 'thread', lane })),
  ];
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
