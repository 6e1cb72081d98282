import type { ThreadAnswer, ThreadLeaving, ThreadUncaught } from '../wire/thread-messages.js';

/** What was heard of a thread until its end. */
export interface ThreadEnd {
  /** What the body gave or threw. */
  answer?: ThreadAnswer;
  /** An answer came that this side could not take apart. */
  unreadable?: unknown;
  /** The last that the thread said about an error that nobody caught. */
  uncaught?: ThreadUncaught;
  leaving?: ThreadLeaving;
  /** What Node's `error` event said: always of a thread that dies. */
  failed?: { readonly error: unknown };
  started: boolean;
  /** ASKED: an abort found the body running. KILLED: the abort has ended the thread. */
  abort: typeof NOT_ASKED | typeof ASKED | typeof KILLED;
  /** Undefined for a thread that was found to be gone, and that nobody has told it of. */
  exitCode: number | undefined;
}

export const NOT_ASKED = 0;
export const ASKED = 1;
export const KILLED = 2;
