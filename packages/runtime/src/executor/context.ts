import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { AsyncFrame } from '../task/async-frame.js';
import { fillAsyncFrame } from '../task/async-frame.js';

/**
 * Whose request a poll belongs to.
 *
 * The `AsyncLocalStorage` stores that are active where a task is spawned are active in all its polls. An async
 * body keeps them by itself, since its promises do. A generator is resumed from our turn, so it needs an
 * `AsyncResource` made at the spawn: 20 ns, and 12 ns for each poll that runs in it. Most programs have no
 * store, and then both the turn and the task are blank: once a task has suspended its resource is looked
 * through, and dropped when it carries nothing.
 *
 * Neither enables an async hook. What does is `frames`, which tells async bodies apart, and is made for the
 * first async task: on Node 20 it triples the cost of every later `await` in the process.
 *
 * Rejected: `AsyncLocalStorage.snapshot()` (8 µs on Node 20), and `enterWith` around each poll (35 ns).
 */
export type Context = AsyncResource;

/** Keeps the stores that are active now, but not the frame: a task is no part of the async body that spawned it. */
export function captureContext(): Context {
  return frames?.getStore() === undefined ? contextHere() : frames.run(undefined, contextHere);
}

// Nobody is told when a context is collected, so the collector need not track it.
const NO_DESTROY = { requireManualDestroy: true };

/**
 * Whether `context` carries any store.
 *
 * Node keeps stores under symbols of the resource: one for each store (20, 22), or one for all (24 and later).
 * Whatever is neither a number (the async ids) nor undefined is taken for one, so an unknown Node is slower,
 * not wrong.
 */
export function carriesStore(context: Context): boolean {
  for (const key of Object.getOwnPropertySymbols(context)) {
    const held = (context as unknown as Record<symbol, unknown>)[key];
    if (typeof held !== 'number' && held !== undefined) return true;
  }
  return false;
}

/** A context without any store, wherever it is made: what a turn runs in. */
export function blankContext(): Context {
  const context = captureContext();
  for (const key of Object.getOwnPropertySymbols(context)) {
    const slots = context as unknown as Record<symbol, unknown>;
    if (typeof slots[key] !== 'number') slots[key] = undefined;
  }
  return context;
}

let frames: AsyncLocalStorage<AsyncFrame | undefined> | undefined;

/** Calls `fn` so that everything it awaits, directly or not, is known to belong to `frame`. */
export function runInFrame<T>(frame: AsyncFrame, fn: () => T): T {
  if (frames === undefined) {
    const made = new AsyncLocalStorage<AsyncFrame | undefined>();
    frames = made;
    fillAsyncFrame(() => made.getStore());
  }
  return frames.run(frame, () => {
    frame.context = contextHere();
    return fn();
  });
}

function contextHere(): Context {
  return new AsyncResource('heddle.task', NO_DESTROY);
}
