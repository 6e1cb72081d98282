import { AsyncLocalStorage, type AsyncResource } from 'node:async_hooks';
import { type AsyncFrame, fillAsyncFrame } from '../task/async-frame.js';
import { isBlank, makeContext } from './blank.js';

/**
 * Whose request a poll belongs to.
 *
 * The `AsyncLocalStorage` stores that are active where a task is spawned are active in all its polls. An async
 * body keeps them by itself, since its promises do. A generator is resumed from our turn, so it needs an
 * `AsyncResource` made at the spawn, and its polls run in it: 20 ns, and 12 ns a poll. Where it is certain
 * that there is no store, which `blank.ts` finds out, a task has no context and its polls run as they are.
 *
 * Neither enables an async hook. What does is `frames`, which tells async bodies apart, and is made for the
 * first async task: on Node 20 it triples the cost of every later `await` in the process. It is our own affair:
 * the frame of whoever spawns is no part of what a new task inherits.
 *
 * Rejected: `AsyncLocalStorage.snapshot()` (8 µs on Node 20), and `enterWith` around each poll (35 ns).
 */
export type Context = AsyncResource;

let frames: AsyncLocalStorage<AsyncFrame | undefined> | undefined;

/** Keeps the stores that are active now. Gives undefined when there are certainly none. */
export function captureContext(): Context | undefined {
  if (isBlank()) return undefined;
  if (frames === undefined || frames.getStore() === undefined) return makeContext();
  return frames.run(undefined, makeContext);
}

/** Calls `fn` so that everything it awaits, directly or not, is known to belong to `frame`. */
export function runInFrame<T>(frame: AsyncFrame, fn: () => T): T {
  if (frames === undefined) {
    const made = new AsyncLocalStorage<AsyncFrame | undefined>();
    frames = made;
    fillAsyncFrame(() => made.getStore());
  }
  return frames.run(frame, () => {
    frame.context = makeContext();
    return fn();
  });
}
