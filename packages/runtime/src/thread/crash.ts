import { isError, thrownText } from '../base/error-text.js';
import { decodeThrown } from '../wire/error-codec.js';
import type { ThreadEnd } from './thread-end.js';

/** Why a thread went away by itself. */
export interface Crash {
  /** As the text of a `JoinError` goes on after `task 7 crashed: `. */
  readonly what: string;
  /** Its `cause`, where there is one: `{ cause: undefined }` is a thrown `undefined`. */
  readonly cause: { readonly cause?: unknown };
}

/** Finds out why a thread ended that gave no answer and that we did not terminate. */
export function crashOf(end: ThreadEnd): Crash {
  const { failed, started, exitCode, leaving } = end;
  if (failed !== undefined) return failure(failed.error, end);
  if (leaving === undefined) {
    return exitCode === undefined
      ? crash('its thread was gone without a word, as one is that runs out of memory')
      : crash(`its thread ended with exit code ${exitCode} before it answered`);
  }
  if (leaving.waitingFor !== undefined) {
    return crash(`its thread had nothing left to do while it waited for ${leaving.waitingFor}`);
  }
  const when = started ? '' : ' before the function began';
  return crash(`its thread called process.exit(${exitCode})${when}`);
}

function failure(error: unknown, { uncaught, started }: ThreadEnd): Crash {
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') return crash('its thread ran out of memory', error);
  if (uncaught === undefined) {
    const what = started ? 'ended with an error' : 'could not be started';
    return crash(`its thread ${what}: ${thrownText(error)}`, error);
  }
  const thrown = decodeThrown(uncaught.thrown);
  const what = uncaught.origin === 'rejection' ? 'unhandled rejection' : 'uncaught exception';
  return crash(`its thread ended with an ${what}: ${thrownText(thrown)}`, thrown);
}

function crash(what: string, ...cause: readonly [] | readonly [unknown]): Crash {
  return { what, cause: cause.length === 0 ? {} : { cause: cause[0] } };
}

function codeOf(error: unknown): unknown {
  return isError(error) ? Object.getOwnPropertyDescriptor(error, 'code')?.value : undefined;
}
