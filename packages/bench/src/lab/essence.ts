import type { Picture, TaskLane, ThreadLane } from '@heddle/runtime/trace';
import { isAlone } from './facts/find-lanes.js';
import { sinceBarrier } from './facts/since-barrier.js';

/**
 * What of a picture fits on a terminal's screen: the tasks that were polled, the threads that polled them, and the
 * CPUs. The page has the rest.
 *
 * A job on a thread has a record on the thread that began it too, which is never polled there: it is left out, as are
 * threads of V8's own and whatever was over when the barrier opened. Where the kernel was watched, a job that had its
 * thread for itself is drawn by the row of that thread alone: it says the same, and more.
 */
export function essenceOf(whole: Picture): Picture {
  const picture = sinceBarrier(whole);
  const polled = picture.tasks.filter(({ slices }) => slices.some(({ state }) => state === 'polled'));
  const polling = new Set(polled.map(({ thread }) => thread));
  const threads = picture.threads.filter(({ thread }) => thread !== undefined && polling.has(thread));
  const tasks = polled.filter((lane) => !threads.some((thread) => saysTheSame(thread, lane, picture)));
  return { ...picture, tasks, threads, counters: [], marks: [] };
}

function saysTheSame(thread: ThreadLane, lane: TaskLane, picture: Picture): boolean {
  return (
    thread.thread === lane.thread &&
    thread.name === lane.name &&
    thread.slices.length > 0 &&
    isAlone(picture, lane)
  );
}
