import type { Interval } from './picture.js';
import type { Poll } from './task-life.js';

/**
 * Notes in each poll in which parts its thread had no CPU. Both lists are in the order of their times and without
 * overlaps, so they are gone through once.
 */
export function noteWithoutCpu(polls: readonly Poll[], idle: readonly Interval[]): void {
  let from = 0;
  for (const poll of polls) {
    while (from < idle.length && idle[from]!.toNs <= poll.fromNs) from += 1;
    const without: Interval[] = [];
    for (let at = from; at < idle.length && idle[at]!.fromNs < poll.toNs; at += 1) {
      const fromNs = Math.max(idle[at]!.fromNs, poll.fromNs);
      const toNs = Math.min(idle[at]!.toNs, poll.toNs);
      const last = without.at(-1);
      if (last?.toNs === fromNs) without[without.length - 1] = { fromNs: last.fromNs, toNs };
      else without.push({ fromNs, toNs });
    }
    if (without.length > 0) poll.withoutCpu = without;
  }
}
