import type { RuntimeOptions, Suspension } from '@heddle/runtime';
import { byHand } from '../../by-hand.js';

type Body<T> = () => Generator<Suspension, T, unknown> | PromiseLike<T> | T;

/** Runs `body` in a task whose clock is stopped from the start, so that it jumps, and gives its value. */
export async function onPausedClock<T>(
  body: Body<T>,
  options: Omit<RuntimeOptions, 'host' | 'startPaused'> = {},
): Promise<T> {
  const { host, spawn } = byHand({ ...options, startPaused: true });
  const handle = spawn(body as () => T);
  await host.settle();
  if (!handle.isFinished()) throw new Error('the body waits, and the clock does not jump');
  return (await handle).unwrap() as T;
}
