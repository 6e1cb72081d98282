import type { CountedEvent } from '../trace-event.js';
import type { ThreadLane } from './picture.js';

/**
 * What was counted of one thread between two looks, as shares of the time between them.
 *
 * The kernel writes time down when it is over, a wait for a CPU most of all. What is more than a stretch is long was
 * spent just before it, so it goes to the stretches before.
 */
export function bandsOf(counts: readonly CountedEvent[]): ThreadLane['bands'] {
  const bands: ThreadLane['bands'][number][] = [];
  let runNs = 0;
  let waitNs = 0;
  for (let at = counts.length - 1; at > 0; at -= 1) {
    const before = counts[at - 1]!;
    const count = counts[at]!;
    const tookNs = count.t - before.t;
    runNs += growth(before.runNs, count.runNs);
    waitNs += growth(before.waitNs, count.waitNs);
    if (tookNs <= 0) continue;
    const ranNs = Math.min(runNs, tookNs);
    const waitedNs = Math.min(waitNs, tookNs - ranNs);
    runNs -= ranNs;
    waitNs -= waitedNs;
    const running = ranNs / tookNs;
    const runnable = waitedNs / tookNs;
    bands.push({
      fromNs: before.t,
      toNs: count.t,
      running,
      runnable,
      asleep: Math.max(0, 1 - running - runnable),
    });
  }
  return bands.reverse();
}

/** How much a total has grown. One that shrinks is damaged, and says nothing. */
export function growth(from: number, to: number): number {
  return to > from ? to - from : 0;
}
