import type { Interval, TaskLane } from '../../trace/picture/picture.js';

/** Whether two tasks were polled at one moment, each on a thread that had a CPU as far as is known. */
export function wereParallel(one: TaskLane, other: TaskLane): boolean {
  const ones = withCpu(one);
  const others = withCpu(other);
  let at = 0;
  for (const { fromNs, toNs } of ones) {
    while (at < others.length && others[at]!.toNs <= fromNs) at += 1;
    const next = others[at];
    if (next !== undefined && next.fromNs < toNs) return true;
  }
  return false;
}

/** The polls of a task without the parts in which its thread had no CPU. */
function withCpu({ slices }: TaskLane): readonly Interval[] {
  return slices.flatMap(({ state, fromNs, toNs, withoutCpu = [] }) => {
    if (state !== 'polled') return [];
    const edges = [fromNs, ...withoutCpu.flatMap((without) => [without.fromNs, without.toNs]), toNs];
    const parts: Interval[] = [];
    for (let at = 0; at < edges.length; at += 2) {
      if (edges[at + 1]! > edges[at]!) parts.push({ fromNs: edges[at]!, toNs: edges[at + 1]! });
    }
    return parts;
  });
}
