import type { TaskLane } from './picture.js';

/**
 * Gives how late each poll of a task was, in nanoseconds and in order: how long it had been ready when it began.
 * Percentiles of it are latency under load.
 *
 * A task whose thread is held does not become ready when its timer is due, since nobody is there to see that. What it
 * was late before that is in here too where the recording says when it was due.
 *
 * @example
 * const recording = record();
 * const hog = task.builder({ name: 'hog' }).spawn(function* () {
 *   for (let n = 0; n < 1e6; n += 1) Math.sqrt(n);
 * });
 * const late = task.builder({ name: 'late' }).spawn(function* () {});
 * await join(hog, late);
 * const picture = pictureOf(recording.stop());
 * console.log(picture.tasks.map((lane) => latenessOf(lane).length)); // [ 1, 1 ]
 */
export function latenessOf(task: TaskLane): readonly number[] {
  const late: number[] = [];
  let readyNs: number | undefined;
  for (const slice of task.slices) {
    if (slice.state === 'ready') readyNs ??= slice.fromNs;
    if (slice.state === 'polled' && readyNs !== undefined) late.push(slice.fromNs - readyNs);
    if (slice.state === 'polled') readyNs = undefined;
  }
  return late;
}
