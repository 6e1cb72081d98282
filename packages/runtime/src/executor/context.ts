import { AsyncLocalStorage, type AsyncResource } from 'node:async_hooks';
import { type AsyncFrame, fillAsyncFrame } from '../task/async-frame.js';
import { isStoreless, makeContext } from './blank.js';

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
  const frame = frames === undefined ? undefined : frames.getStore();
  if (isStoreless(frame)) return undefined;
  return frame === undefined || frames === undefined ? makeContext() : frames.run(undefined, makeContext);
}

/**
 * Calls `run` so that everything it awaits, directly or not, is known to belong to `frame`.
 *
 * In a turn no store is active but those of `context`; elsewhere, without one, the caller's stay active.
 */
export function runInFrame<A, R>(
  frame: AsyncFrame,
  context: Context | undefined,
  run: (arg: A) => R,
  arg: A,
): R {
  const made = frames ?? makeFrames();
  if (context === undefined) return made.run(frame, run, arg);
  return context.runInAsyncScope<typeof made, R>(inFrame as never, made, frame, run, arg);
}

// Called on the storage, as a method is, so that nothing is bound for each call.
function inFrame<A, R>(
  this: AsyncLocalStorage<AsyncFrame | undefined>,
  frame: AsyncFrame,
  run: (arg: A) => R,
  arg: A,
): R {
  return this.run(frame, run, arg);
}

function makeFrames(): AsyncLocalStorage<AsyncFrame | undefined> {
  const made = new AsyncLocalStorage<AsyncFrame | undefined>();
  frames = made;
  fillAsyncFrame(() => made.getStore());
  return made;
}
