import { isMainThread } from 'node:worker_threads';

/** Something that this thread holds and others wait for. */
export interface Holding {
  /** This thread is about to exit and holds it still. */
  abandon(): void;
}

/**
 * What this thread holds, so that it can let go of it when it exits: by itself, by `process.exit()`, or with an
 * error that nobody caught.
 *
 * On Linux that is for speed: the others need not find out. Elsewhere it is the only way that they ever hear, and
 * a thread that is terminated, or runs out of memory, does not come here.
 */
export const holdings = {
  add(holding: Holding): void {
    if (isMainThread) return;
    if (!listening) {
      listening = true;
      process.on('exit', abandonAll);
    }
    held.add(holding);
  },

  remove(holding: Holding): void {
    held.delete(holding);
  },
};

const held = new Set<Holding>();
let listening = false;

function abandonAll(): void {
  for (const holding of held) holding.abandon();
}
