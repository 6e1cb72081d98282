import { checkGiven } from '../check-given.js';
import type { TaskLane } from './picture.js';

/**
 * Gives how late each poll of a task was, in nanoseconds and in order: how long it had been ready when it began.
 * Percentiles of it are latency under load.
 *
 * A task becomes ready when somebody sees that what it waits for is there. While a poll holds its thread no timer
 * fires, so a sleep that is over is not seen until that poll ends: such a task was late for longer than this says.
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
  checkGiven('latenessOf', 'task', task);
  const late: number[] = [];
  let readyNs: number | undefined;
  for (const slice of task.slices) {
    if (slice.state === 'ready') readyNs ??= slice.fromNs;
    if (slice.state === 'polled' && readyNs !== undefined) late.push(slice.fromNs - readyNs);
    if (slice.state === 'polled') readyNs = undefined;
  }
  return late;
}
