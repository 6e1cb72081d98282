import { isMainThread } from 'node:worker_threads';

/** Something that this thread holds and others wait for. */
export interface Holding {
  /** Where it stands among them. */
  place: number;
  /** This thread is about to exit and holds it still. */
  abandon(): void;
}

/**
 * What this thread holds, so that it can let go of it when it exits: by itself, by `process.exit()`, or with an
 * error that nobody caught.
 *
 * On Linux that is for speed: the others need not find out. Elsewhere it is the only way that they ever hear, and
 * a thread that is terminated, or runs out of memory, does not come here.
 *
 * An array in which each knows its place: a `Set` took a third of the time of an uncontended lock.
 */
const held: Holding[] = [];
let listening = false;

export function addHolding(holding: Holding): void {
  // The main thread takes all others along.
  if (isMainThread) return;
  if (!listening) {
    listening = true;
    process.on('exit', abandonAll);
  }
  holding.place = held.length;
  held.push(holding);
}

export function removeHolding(holding: Holding): void {
  const last = held.pop();
  if (last === undefined || last === holding) return;
  held[holding.place] = last;
  last.place = holding.place;
}

function abandonAll(): void {
  for (const holding of held.splice(0)) holding.abandon();
}
