/** An event of the kernel's, whichever way it was come by. */
interface Event {
  readonly k: string;
  readonly t: number;
  readonly tid: number;
  readonly cpu?: number;
  readonly why?: string;
}

/**
 * What is wrong with the order of the kernel's events, in words. Nothing, when they are in order, those of each thread
 * take turns, and no two threads are on one CPU.
 */
export function outOfTurn(events: readonly Event[]): string[] {
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
    if (event.cpu === undefined) continue;
    const had = cpus.get(event.cpu);
    if (event.k === 'on' && had !== undefined) wrong.push(`CPU ${event.cpu}: ${had} and ${event.tid}`);
    if (event.k === 'on') cpus.set(event.cpu, event.tid);
    else if (had === event.tid) cpus.delete(event.cpu);
  }
  return wrong;
}

/** A number may be used again, by a thread that is made after its owner is gone. */
const MAY_FOLLOW: Readonly<Record<string, readonly string[]>> = {
  fork: ['unseen', 'gone'],
  waking: ['unseen', 'fork', 'slept'],
  on: ['unseen', 'fork', 'waking', 'preempted'],
  preempted: ['unseen', 'on'],
  slept: ['unseen', 'on'],
  gone: ['on', 'slept'],
};
