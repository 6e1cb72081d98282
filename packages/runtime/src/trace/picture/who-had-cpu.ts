import { checkGiven } from '../check-given.js';
import type { Interval, Picture } from './picture.js';
import { sharedNs, slicesWithin } from './slice-at.js';

/** Somebody who had a CPU for a part of some time, and for how long all together. */
export interface CpuHolder {
  readonly cpu: number;
  /** A thread of the process, or another program. */
  readonly tid: number | 'other';
  readonly ns: number;
}

/**
 * Says who had which CPU during a stretch of time, whoever had one for longest first: for a stretch in which a
 * thread was runnable, those on whose account it was not running. SchedViz calls them antagonists.
 *
 * Empty but at level `exact`.
 *
 * @example
 * const picture = pictureOf({
 *   label: 'threads', pid: 1, level: 'exact', cpus: 1, endNs: 50, lost: { events: 0, threads: 0, kernel: 0 },
 *   events: [
 *     { k: 'off', t: 10, tid: 1, cpu: 0, why: 'preempted', by: 2 },
 *     { k: 'on', t: 10, tid: 2, cpu: 0 },
 *     { k: 'off', t: 40, tid: 2, cpu: 0, why: 'asleep', by: 1 },
 *     { k: 'on', t: 40, tid: 1, cpu: 0 },
 *   ],
 * });
 * console.log(whoHadCpu(picture, { fromNs: 10, toNs: 40 })); // [{ cpu: 0, tid: 2, ns: 30 }]
 */
export function whoHadCpu(picture: Picture, stretch: Interval): readonly CpuHolder[] {
  checkGiven('whoHadCpu', 'picture', picture);
  checkGiven('whoHadCpu', 'stretch', stretch);
  const holders: CpuHolder[] = [];
  for (const { cpu, slices } of picture.cpus) {
    const times = new Map<number | 'other', number>();
    for (const slice of slicesWithin(slices, stretch)) {
      times.set(slice.tid, (times.get(slice.tid) ?? 0) + sharedNs(slice, stretch));
    }
    for (const [tid, ns] of times) if (ns > 0) holders.push({ cpu, tid, ns });
  }
  return holders.sort((one, other) => other.ns - one.ns);
}
