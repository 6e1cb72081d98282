import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { Elapsed } from '../base/elapsed.js';
import type { Result } from '../base/result.js';
import { checkNoOtherTasks } from './check-may-block.js';
import type { JoinError } from './join-error.js';
import type { Task } from './task.js';

/** How `blockingJoin` waits. */
export interface BlockingJoinOptions {
  /**
   * How long to block, in milliseconds: for ever by default. Where a thread that dies without a word cannot be noticed,
   * which is everywhere but on Linux, it must be given.
   */
  readonly timeoutMs?: number;
}

/** See `JoinHandle.blockingJoin`. */
export function blockingJoin<T>(task: Task<T>, options: BlockingJoinOptions): Result<T, JoinError> {
  checkOptionKeys(CALLER, options, KNOWN);
  const { timeoutMs } = options;
  if (timeoutMs !== undefined) checkMs(CALLER, 'timeoutMs', timeoutMs);
  const { owner } = task;
  if (owner.blockUntilEnded === undefined) {
    throw new Error(
      `${CALLER}: task ${task.id} has no thread of its own to wait for. Write \`await handle\`.`,
    );
  }
  checkNoOtherTasks(CALLER, 'handle');
  if (task.outcome === undefined) owner.blockUntilEnded(timeoutMs);
  const { outcome } = task;
  if (outcome === undefined) throw new Elapsed(timeoutMs ?? Number.POSITIVE_INFINITY);
  task.noteTaken();
  return outcome;
}

const CALLER = 'handle.blockingJoin';
const KNOWN: ReadonlySet<string> = new Set<keyof BlockingJoinOptions>(['timeoutMs']);
