import { isMainThread, threadId } from 'node:worker_threads';
import { osThreadId } from '../base/os-thread.js';
import { Thread } from './thread.js';
import { ThreadWords } from './thread-words.js';

/**
 * The thread that this is.
 *
 * One of `thread.spawn` is told where its words are, and its name with its job; any other (the first, a pool's, a `Worker` of the
 * program's own) makes them when it is first asked.
 */
let here: { readonly thread: Thread; readonly words: ThreadWords } | undefined;

/** The thread that calls. */
export function thisThread(): Thread {
  return known().thread;
}

/** Blocks this thread until its token is there, and takes it. */
export function parkThisThread(timeoutMs: number): void {
  known().words.park(timeoutMs);
}

/** Takes the token of this thread, which was left for a job before. */
export function dropToken(): void {
  known().words.dropToken();
}

/** Says by what name it was spawned. */
export function nameThisThread(name: string): void {
  const { words } = known();
  here = { thread: new Thread(name, words.buffer), words };
}

/** Tells whoever is blocked until this thread ends that it does. */
export function noteEndOfThisThread(exitCode: number): void {
  here?.words.noteEnd(exitCode);
}

/** Says where the words of this thread are, and writes into them who it is. */
export function fillThisThread(name: string | undefined, buffer: SharedArrayBuffer): void {
  here = { thread: new Thread(name, buffer), words: new ThreadWords(buffer) };
  here.words.id = threadId;
  here.words.osId = osThreadId();
}

function known(): NonNullable<typeof here> {
  if (here === undefined) fillThisThread(isMainThread ? 'main' : undefined, new ThreadWords().buffer);
  return here as NonNullable<typeof here>;
}
