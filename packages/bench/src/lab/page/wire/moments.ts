import type { Picture, TraceEvent, TraceRun } from '@heddle/runtime/trace';
import type { GlyphName } from '../glyphs.js';
import type { RunData } from './page-data.js';
import type { Places } from './places.js';

interface Moment {
  readonly kind: GlyphName;
  readonly at: number;
  readonly row: number;
}

/** Collects what happened at one moment and is no interval's edge: aborts, parks, and sleeps in the middle of a poll. */
export function momentsOf(run: TraceRun, picture: Picture, places: Places): RunData['moments'] {
  const moments = [...run.events.flatMap((event) => momentOf(event, places)), ...blocksOf(picture, places)]
    .filter(({ row }) => row >= 0)
    .sort((a, b) => a.at - b.at);
  return {
    kind: moments.map(({ kind }) => kind),
    at: moments.map(({ at }, place) => at - (moments[place - 1]?.at ?? 0)),
    row: moments.map(({ row }) => row),
  };
}

function momentOf(event: TraceEvent, places: Places): Moment[] {
  if (event.k === 'abort') return [{ kind: 'abort', at: event.t, row: places.task(event.task) }];
  if (event.k !== 'park' && event.k !== 'unpark') return [];
  return [{ kind: event.k, at: event.t, row: places.thread(event.thread) }];
}

/** Where a thread fell asleep although one of its tasks was being polled: the task has blocked it. */
function blocksOf(picture: Picture, places: Places): Moment[] {
  return picture.threads.flatMap(({ thread, slices }) => {
    if (thread === undefined) return [];
    const sleeps = slices.filter(({ why }) => why === 'asleep' || why === 'disk').map(({ toNs }) => toNs);
    if (sleeps.length === 0) return [];
    const polls = picture.tasks
      .filter((task) => task.thread === thread)
      .flatMap((task) => task.slices.filter(({ state }) => state === 'polled'))
      .sort((a, b) => a.fromNs - b.fromNs);
    let next = 0;
    return sleeps.flatMap((at): Moment[] => {
      while (next < polls.length && polls[next]!.toNs <= at) next += 1;
      const poll = polls[next];
      return poll !== undefined && poll.fromNs < at
        ? [{ kind: 'block', at, row: places.thread(thread) }]
        : [];
    });
  });
}
