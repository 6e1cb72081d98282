import { errorMessage, errorName, isError } from '../base/error-text.js';
import { type Refusal, refusal } from '../wire/refusal.js';

/**
 * The refusal of a job that Node itself would not clone, which our own look at its arguments had let through:
 * memory that cannot be moved, say. `undefined` for any other error.
 */
export function notCloneable(error: unknown, spawner = 'thread.spawn'): Refusal | undefined {
  if (!isError(error) || errorName(error) !== 'DataCloneError') return undefined;
  return refusal('ERR_NOT_SENDABLE', `${spawner}: ${errorMessage(error) ?? 'an argument cannot be cloned'}`, {
    cause: error,
  });
}
