import type { Picture } from '@heddle/runtime/trace';

/**
 * What of a picture fits on a terminal's screen: the tasks that were polled, the threads that polled them, and the
 * CPUs. The page has the rest.
 *
 * A job on a thread has a record on the thread that began it too, which is never polled there: it is left out, as are
 * threads of V8's own and whatever was over when the barrier opened.
 */
export function essenceOf(picture: Picture): Picture {
  const tasks = picture.tasks.filter(({ slices }) =>
    slices.some(({ state, toNs }) => state === 'polled' && toNs > 0),
  );
  const polling = new Set(tasks.map(({ thread }) => thread));
  const threads = picture.threads.filter(({ thread }) => thread !== undefined && polling.has(thread));
  return { ...picture, tasks, threads, counters: [], marks: [] };
}
