import { readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { osThreadId } from '../base/os-thread.js';

/**
 * By which number this thread is known to the others in a word of shared memory, and whether the thread of such
 * a number is gone.
 *
 * On Linux it is the kernel's id of the thread (22 bits), as in the kernel's own robust locks, with eight bits of
 * the time at which it was started, since the kernel uses ids again. A thread that was terminated, that crashed
 * or that ran out of memory has no code of its own left to say so, but its id has left `/proc/self/task`.
 *
 * Elsewhere it is Node's own number of the thread, and none is ever known to be gone: there only what a thread
 * does at its exit (holdings.ts) lets go.
 *
 * A mark is never 0 and leaves the two highest bits of a word free.
 */
export function ownMark(): number {
  if (mark === 0) mark = findOwnMark();
  return mark;
}

/** Whether the thread with this mark is gone for certain. Costs a read of `/proc`, once in a while. */
export function isGone(other: number): boolean {
  if (other === ownMark() || !marksAreOfKernel) return false;
  const nowMs = performance.now();
  const seenMs = seenAlive.get(other);
  if (seenMs !== undefined && nowMs - seenMs < LOOK_EVERY_MS) return false;
  const started = startOf(`/proc/self/task/${other & ID_MASK}/stat`);
  if (started === UNKNOWN || started === other >>> ID_BITS) {
    seenAlive.set(other, nowMs);
    return false;
  }
  seenAlive.delete(other);
  return true;
}

/** Whether this platform tells who is gone. */
export function marksTellTheDead(): boolean {
  ownMark();
  return marksAreOfKernel;
}

const ID_BITS = 22;
const ID_MASK = 2 ** ID_BITS - 1;
const START_MASK = 0xff;
const MARK_MASK = 2 ** 30 - 1;

/** Many tasks of a thread may wait for one lock, and each of them asks. */
const LOOK_EVERY_MS = 20;
const seenAlive = new Map<number, number>();

let mark = 0;
let marksAreOfKernel = false;

function findOwnMark(): number {
  const id = osThreadId();
  const started = startOf('/proc/thread-self/stat');
  marksAreOfKernel = id !== undefined && id <= ID_MASK && started >= 0;
  return marksAreOfKernel ? (id as number) | (started << ID_BITS) : (threadId + 1) & MARK_MASK;
}

const GONE = -1;
const UNKNOWN = -2;

/** When a thread was started, in ticks since the boot: the 22nd field, behind a name that may hold anything. */
function startOf(path: string): number {
  try {
    const stat = readFileSync(path, 'latin1');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    return Number.isSafeInteger(ticks) ? ticks % (START_MASK + 1) : UNKNOWN;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Anything else, such as no file descriptor left, says nothing about the thread.
    return code === 'ENOENT' || code === 'ESRCH' ? GONE : UNKNOWN;
  }
}
