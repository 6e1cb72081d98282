import type { Interval, Picture, TaskLane, ThreadLane } from '@heddle/runtime/trace';

/**
 * The task of a job, by its name. One that runs on a thread has a record on either side; this is the one that was
 * polled.
 */
export function taskNamed(picture: Picture, name: string): TaskLane | undefined {
  return tasksNamed(picture, (given) => given === name)[0];
}

/** The tasks whose names begin so, in the order of their spawns, each once. */
export function tasksStarting(picture: Picture, prefix: string): readonly TaskLane[] {
  return tasksNamed(picture, (name) => name.startsWith(prefix));
}

function tasksNamed(picture: Picture, fits: (name: string) => boolean): readonly TaskLane[] {
  const best = new Map<string, TaskLane>();
  for (const lane of picture.tasks) {
    const { name } = lane;
    if (name === undefined || !fits(name)) continue;
    if (lane.polls >= (best.get(name)?.polls ?? 0)) best.set(name, lane);
  }
  return [...best.values()];
}

/** The thread that polled it. */
export function threadOf(picture: Picture, { thread }: TaskLane): ThreadLane | undefined {
  return picture.threads.find((lane) => lane.thread === thread);
}

/** Whether no other task was polled on its thread while it lived. */
export function isAlone(picture: Picture, lane: TaskLane): boolean {
  return picture.tasks.every(
    (other) =>
      other === lane ||
      other.thread !== lane.thread ||
      other.polls === 0 ||
      other.fromNs >= lane.toNs ||
      other.toNs <= lane.fromNs,
  );
}

/** What is left of an interval after the barrier: start-up is no scheduling. */
export function sinceStart<I extends Interval>(slices: readonly I[]): I[] {
  return slices
    .filter(({ toNs }) => toNs > 0)
    .map((slice) => (slice.fromNs < 0 ? { ...slice, fromNs: 0 } : slice));
}

export function longest<I extends Interval>(slices: readonly I[]): I | undefined {
  return slices.reduce<I | undefined>(
    (best, slice) => (lengthOf(slice) > lengthOf(best) ? slice : best),
    undefined,
  );
}

export function lengthOf(slice: Interval | undefined): number {
  return slice === undefined ? 0 : slice.toNs - slice.fromNs;
}

export function sumOf(slices: readonly Interval[]): number {
  return slices.reduce((sum, slice) => sum + lengthOf(slice), 0);
}
