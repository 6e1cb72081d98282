import type { Picture, TaskSlice } from './picture.js';

/** The places of the threads of which the kernel's side is known exactly. */
export function exactThreads({ threads }: Picture): ReadonlySet<number | undefined> {
  return new Set(threads.filter(({ slices }) => slices.length > 0).map(({ thread }) => thread));
}

/** How long the thread of a poll had a CPU in it, where its thread is one of those. */
export function pollCpuNs({ fromNs, toNs, withoutCpu }: TaskSlice): number {
  let ns = toNs - fromNs;
  for (const without of withoutCpu ?? []) ns -= without.toNs - without.fromNs;
  return ns;
}
