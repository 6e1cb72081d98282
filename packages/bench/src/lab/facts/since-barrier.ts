import type { Picture, TaskLane, ThreadLane } from '@heddle/runtime/trace';
import { lengthOf, sinceStart, sumOf } from './find-lanes.js';

/**
 * A picture from the barrier on. What a job waited for before, the start of its thread, is no wait of its own, and is
 * neither counted as one nor worth a warning. Of threads, what happened after the barrier is counted, and nothing
 * else: whoever shows a count takes it from here, so that all say the same.
 */
export function sinceBarrier(picture: Picture): Picture {
  const tasks = picture.tasks.filter(({ toNs }) => toNs > 0).map(laneSinceBarrier);
  const threads = picture.threads.map(threadSinceBarrier);
  return { ...picture, fromNs: Math.max(0, picture.fromNs), tasks, threads };
}

function threadSinceBarrier(lane: ThreadLane): ThreadLane {
  if (lane.fromNs >= 0) return lane;
  const ends = { fromNs: 0, toNs: Math.max(0, lane.toNs) };
  if (lane.slices.length > 0) {
    const slices = sinceStart(lane.slices);
    const of = (state: string): number => sumOf(slices.filter((slice) => slice.state === state));
    return {
      ...lane,
      ...ends,
      slices,
      preemptions: slices.filter(({ why }) => why === 'preempted').length,
      migrations: migrationsOf(lane),
      runNs: of('running'),
      runnableNs: of('runnable'),
    };
  }
  // How often is known of all of it alone: it was counted from about the barrier on.
  if (lane.bands.length === 0) return { ...lane, ...ends };
  const bands = sinceStart(lane.bands);
  const of = (share: (band: (typeof bands)[number]) => number): number =>
    bands.reduce((sum, band) => sum + lengthOf(band) * share(band), 0);
  return {
    ...lane,
    ...ends,
    bands,
    runNs: of(({ running }) => running),
    runnableNs: of(({ runnable }) => runnable),
  };
}

/** How often it came to another CPU after the barrier, also from one that it had before. */
function migrationsOf({ slices }: ThreadLane): number {
  const running = slices.filter(({ state }) => state === 'running');
  return running.filter(
    ({ cpu, fromNs }, place) => place > 0 && fromNs >= 0 && cpu !== running[place - 1]?.cpu,
  ).length;
}

function laneSinceBarrier(lane: TaskLane): TaskLane {
  if (lane.fromNs >= 0) return lane;
  const slices = sinceStart(lane.slices);
  const polls = slices.filter(({ state }) => state === 'polled');
  return {
    ...lane,
    fromNs: 0,
    slices,
    responseNs: polls[0]?.fromNs,
    turnaroundNs: lane.end === undefined ? undefined : lane.toNs,
    waitNs: sumOf(slices.filter(({ state }) => state === 'ready')),
    polls: polls.length,
  };
}
