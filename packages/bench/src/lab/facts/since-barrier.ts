import type { Picture, TaskLane } from '@heddle/runtime/trace';
import { sinceStart, sumOf } from './find-lanes.js';

/**
 * A picture from the barrier on. What a job waited for before, the start of its thread, is no wait of its own, and is
 * neither counted as one nor worth a warning.
 */
export function sinceBarrier(picture: Picture): Picture {
  const tasks = picture.tasks.filter(({ toNs }) => toNs > 0).map(laneSinceBarrier);
  return { ...picture, fromNs: Math.max(0, picture.fromNs), tasks };
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
