import type { KernelEvent } from '../../../../src/trace/trace-event.js';

/** What is wrong with the order of some events, in words: nothing, when those of each thread take turns. */
export function laidOut(events: readonly KernelEvent[]): string[] {
  const wrong: string[] = [];
  const last = new Map<number, string>();
  const cpus = new Map<number, number>();
  let nowNs = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.t < nowNs) wrong.push(`${event.t} is before ${nowNs}`);
    nowNs = event.t;
    if (event.k === 'migrate') continue;
    const now = event.k === 'off' ? (event.why === 'preempted' ? 'preempted' : 'slept') : event.k;
    const before = last.get(event.tid) ?? 'unseen';
    if (!MAY_FOLLOW[now]?.includes(before)) wrong.push(`${event.tid}: ${now} after ${before} at ${event.t}`);
    last.set(event.tid, now);
    if (event.k === 'on') {
      if (cpus.has(event.cpu)) wrong.push(`CPU ${event.cpu}: ${cpus.get(event.cpu)} and ${event.tid}`);
      cpus.set(event.cpu, event.tid);
    }
    if (event.k === 'off' && cpus.get(event.cpu) === event.tid) cpus.delete(event.cpu);
  }
  return wrong;
}

const MAY_FOLLOW: Readonly<Record<string, readonly string[]>> = {
  fork: ['unseen', 'gone'],
  waking: ['unseen', 'fork', 'slept'],
  on: ['unseen', 'fork', 'waking', 'preempted'],
  preempted: ['unseen', 'on'],
  slept: ['unseen', 'on'],
  gone: ['unseen', 'on', 'preempted', 'slept'],
};
