import { errorMessage, isError } from '../base/error-text.js';

/**
 * The refusal of flags that Node has for a process and not for a thread: in `execArgv`, or in the `NODE_OPTIONS` of
 * an `env`. Only Node can tell, when the thread is made. `undefined` for any other error.
 */
export function refusedFlags(error: unknown): TypeError | undefined {
  if (!isError(error)) return undefined;
  if (Object.getOwnPropertyDescriptor(error, 'code')?.value !== 'ERR_WORKER_INVALID_EXEC_ARGV')
    return undefined;
  const says = errorMessage(error) ?? 'a flag is not for threads';
  const option = says.includes('NODE_OPTIONS') ? 'env' : 'execArgv';
  return new TypeError(`thread.spawn: ${option}: ${says}`, { cause: error });
}
