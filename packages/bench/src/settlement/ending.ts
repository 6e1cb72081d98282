import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What became of a job, seen from the thread that started it. */
export type Ending = Settled | { readonly kind: 'hung' };

export type Settled =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

/** A job that has not moved for so long hangs, if the machine was not just as slow itself. */
export const HUNG_AFTER_MS = 2_000;
/** So many threads can be started one after another in a fraction of that, unless the machine is busy. */
const STARTS = 10;

/**
 * Starts something and waits until it has ended, or until it hangs.
 *
 * It hangs when nothing has moved for two seconds, and then not for as long as it takes to start ten threads
 * either: on a busy machine a fixed time would take slow for hung. A throw of the start is its end, since a
 * refusal at the call is an answer. `progress` counts what has moved so far.
 */
export async function endingOf(
  start: () => PromiseLike<unknown>,
  { progress = () => 0, hungAfterMs = HUNG_AFTER_MS }: Patience = {},
): Promise<Ending> {
  const over = new AbortController();
  try {
    return await Promise.race([settled(start), hangs(progress, hungAfterMs, over.signal)]);
  } finally {
    over.abort();
  }
}

export interface Patience {
  readonly progress?: () => number;
  readonly hungAfterMs?: number;
}

/** How something ended. Never rejects. */
export async function settled(start: () => PromiseLike<unknown>): Promise<Settled> {
  try {
    return { kind: 'value', value: await start() };
  } catch (error) {
    return { kind: 'error', error };
  }
}

async function hangs(progress: () => number, hungAfterMs: number, over: AbortSignal): Promise<Ending> {
  for (let before = -1; before !== progress() && !over.aborted; ) {
    before = progress();
    await delay(hungAfterMs, undefined, { signal: over }).catch(() => {});
    for (let started = 0; started < STARTS && before === progress() && !over.aborted; started += 1) {
      await once(new Worker('', { eval: true }), 'exit');
    }
  }
  return { kind: 'hung' };
}
