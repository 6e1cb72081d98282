import type { TraceInstance } from './trace-instance.js';

/**
 * What the kernel's buffers were too small for: how many events, and from when on nothing is missing.
 *
 * Each CPU has a buffer of its own. When one has written over its oldest events, those of the others from that time
 * are still there, but who ran meanwhile on the one CPU is not known any more.
 */
export function overrun(instance: TraceInstance): { readonly lost: number; readonly fromNs: number } {
  let lost = 0;
  let fromNs = Number.NEGATIVE_INFINITY;
  for (const cpu of instance.list('per_cpu')) {
    const stats = instance.read(`per_cpu/${cpu}/stats`);
    const missing = numberIn(stats, 'overrun') + numberIn(stats, 'dropped events');
    if (missing === 0) continue;
    lost += missing;
    fromNs = Math.max(fromNs, Math.round(numberIn(stats, 'oldest event ts') * 1e9));
  }
  return { lost, fromNs };
}

function numberIn(stats: string, name: string): number {
  return Number(new RegExp(`^${name}: +([\\d.]+)$`, 'm').exec(stats)?.[1] ?? 0);
}
