import { writeSync } from 'node:fs';

/**
 * Writes `text` to the process's standard error before it returns, from any thread.
 *
 * `console.error` will not do: in a worker it is a message to the main thread, which is lost when the worker
 * is terminated and waits when the main thread blocks, and what it holds back is lost at `process.exit()`.
 * Where nobody reads the other end of a pipe it waits for about a second, then gives up. It never throws: a
 * closed stderr is no reason to bring down the runtime.
 */
export function writeStderr(text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  let patience = 100;
  while (written < bytes.length) {
    try {
      written += writeSync(2, bytes, written);
    } catch (error) {
      // A pipe that Node has made non-blocking says EAGAIN while it is full.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || patience === 0) return;
      patience -= 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
