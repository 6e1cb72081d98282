/** So many words of shared memory. */
export function sharedWords(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

/** Waits until a thread has put at least `least` into a word. A test in which it never does fails by its time limit. */
export async function reached(words: Int32Array, index: number, least: number): Promise<void> {
  while (Atomics.load(words, index) < least) await new Promise(setImmediate);
}
