import { existsSync } from 'node:fs';
import type { ThreadWords } from '../wire/thread-words.js';

/**
 * Whether a thread is gone, told without a visit of the event loop, where Node would say so.
 *
 * A thread that ends by itself says it in its words. One that was terminated or ran out of memory says nothing, but
 * its id leaves `/proc/self/task`. One that has not come as far as to write its id is among those that appeared when it
 * was made. Elsewhere than on Linux there are no ids, and a thread that says nothing is never known to be gone.
 */
export function isGone(words: ThreadWords, bornAs: readonly string[]): boolean {
  const id = words.osId;
  if (id !== undefined) return !isAlive(String(id));
  return words.exitCode !== undefined || (bornAs.length > 0 && !bornAs.some(isAlive));
}

function isAlive(id: string): boolean {
  return existsSync(`/proc/self/task/${id}`);
}
