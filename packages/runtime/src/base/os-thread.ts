import { access, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { errorMessage, isError } from './error-text.js';
import { printable } from './printable.js';

/** What the operating system knows of the thread that calls. Linux only: elsewhere Node has no way to ask. */

/** The id by which the kernel knows this thread, as in `/proc/self/task`; undefined where it cannot be had. */
export function osThreadId(): number | undefined {
  try {
    const id = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    return Number.isSafeInteger(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The ids of all threads of the process; none where they cannot be had. */
export function osThreads(): readonly string[] {
  try {
    return readdirSync('/proc/self/task');
  } catch {
    return [];
  }
}

/** Gives this thread a name that `ps`, `top` and a kernel trace show: the first 15 bytes. A failure is ignored. */
export function nameOsThread(name: string): void {
  try {
    writeFileSync('/proc/thread-self/comm', firstBytes(printable(name), COMM_BYTES));
  } catch {
    // The name is for people who look; where there is no /proc, nobody can.
  }
}

/**
 * Makes this thread as nice to others as `priority` says, from -20 to 19, and no other thread. Gives why it was
 * not done, in words; `undefined` when it was.
 */
export function prioritizeOsThread(
  priority: number,
  id: number | undefined = osThreadId(),
): string | undefined {
  // Without an id it would be the priority of the whole process.
  if (id === undefined) return 'only on Linux does a thread have a priority of its own';
  // A thread that is made inherits the priority of its maker, and the first that reads a file makes the threads
  // that do so for the whole process.
  access('/', () => undefined);
  try {
    setPriority(id, priority);
    return undefined;
  } catch (error) {
    return (isError(error) ? errorMessage(error) : undefined) ?? 'for a reason that is not known';
  }
}

const COMM_BYTES = 15;

/** Cuts between characters, so that a name in another script does not end in half of one. */
function firstBytes(text: string, most: number): string {
  let bytes = 0;
  let cut = '';
  for (const char of text) {
    bytes += Buffer.byteLength(char);
    if (bytes > most) break;
    cut += char;
  }
  return cut;
}
