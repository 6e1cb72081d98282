import type { TaskLane } from './picture.js';

/**
 * Gives how late each poll of a task was, in nanoseconds and in order: how long it had been ready when it began.
 * Percentiles of it are latency under load.
 *
 * A task whose thread is held does not become ready when its timer is due, since nobody is there to see that. What it
 * was late before that is in here too where the recording says when it was due.
 *
 * @example
 * const picture = pictureOf({
 *   label: 'tasks', pid: 1, level: 'process', cpus: 1, endNs: 50, lost: { events: 0, threads: 0, kernel: 0 },
 *   events: [
 *     { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'hog' },
 *     { k: 'spawn', t: 0, thread: 0, task: '0:2', name: 'late' },
 *     { k: 'poll', t: 0, thread: 0, task: '0:1', ready: 1 },
 *     { k: 'pend', t: 40, thread: 0, task: '0:1', end: 'yielded' },
 *     { k: 'poll', t: 40, thread: 0, task: '0:2', ready: 1 },
 *   ],
 * });
 * console.log(picture.tasks.map(latenessOf)); // [[0], [40]]
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
