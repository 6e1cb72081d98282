import { AsyncLocalStorage, type AsyncResource } from 'node:async_hooks';
import { type AsyncFrame, fillAsyncFrame, fillRootFrame, takeRootFrame } from '../task/async-frame.js';
import { type Locals, travelling } from '../task/locals.js';
import type { Task } from '../task/task.js';
import { isBlank, isStoreless, makeContext, ownSlot, runBlankWith } from './blank.js';

/**
 * Whose request a poll belongs to.
 *
 * The `AsyncLocalStorage` stores that are active where a task is spawned are active in all its polls. An async
 * body keeps them by itself, since its promises do. A generator is resumed from our turn, so it needs an
 * `AsyncResource` made at the spawn, and its polls run in it: 20 ns, and 12 ns a poll. Where it is certain
 * that there is no store, which `blank.ts` finds out, a task has no context and its polls run as they are.
 *
 * Neither enables an async hook. What does is `frames`, which tells async bodies apart and carries task-local
 * values, and is made for the first async task or the first such value: on Node 20 it triples the cost of every
 * later `await` in the process. It is our own affair: the frame of whoever spawns is no part of what a new task
 * inherits, but for the task-local values that travel.
 *
 * Rejected: `AsyncLocalStorage.snapshot()` (8 µs on Node 20), and `enterWith` around each poll (35 ns).
 */
export type Context = AsyncResource;

/** What code runs in: an async body, or what has task-local values and is in none. */
type Frame = AsyncFrame | ValuesOnly;

/** Task-local values where there is no async body: a scope in a generator or outside any task, a task's spawn. */
export class ValuesOnly {
  readonly locals: Locals;

  constructor(locals: Locals) {
    this.locals = locals;
  }
}

let frames: AsyncLocalStorage<Frame | undefined> | undefined;
/** Where the blank context keeps the frame, if it can be told. */
let slot: symbol | undefined;
/** Whether any task-local value was ever set. Until then nothing is looked for. */
let hasLocals = false;

/** Keeps the stores that are active now for `task`. Gives undefined when there are certainly none. */
export function captureContext(task: Task<unknown>): Context | undefined {
  const frame = frames === undefined ? undefined : frames.getStore();
  if (hasLocals && frame !== undefined) {
    const goes = travelling(frame.locals);
    if (goes !== undefined) {
      task.withAttributes().locals = goes;
      return runInFrame(new ValuesOnly(goes), undefined, makeContext, undefined);
    }
  }
  if (isStoreless(frame)) return undefined;
  return frame === undefined || frames === undefined ? makeContext() : frames.run(undefined, makeContext);
}

/**
 * Calls `run` so that everything it awaits, directly or not, is known to belong to `frame`.
 *
 * In a turn no store is active but those of `context`; elsewhere, without one, the caller's stay active.
 */
export function runInFrame<A, R>(
  frame: Frame | undefined,
  context: Context | undefined,
  run: (arg: A) => R,
  arg: A,
): R {
  const made = frames ?? makeFrames();
  if (context === undefined) {
    if (slot !== undefined && isBlank()) return runBlankWith(slot, frame, run, arg);
    return made.run(frame, run, arg);
  }
  return context.runInAsyncScope<typeof made, R>(inFrame as never, made, frame, run, arg);
}

/** Calls `run` as a part of no async body, and without a task-local value: it, and what it awaits. */
export function runInNoFrame(run: () => void): void {
  const root = takeRootFrame();
  try {
    if (frames?.getStore() === undefined) run();
    else runInFrame(undefined, undefined, call, run);
  } finally {
    fillRootFrame(root);
  }
}

/** The frame that the caller runs in. */
export function currentFrame(): Frame | undefined {
  return frames?.getStore();
}

/** Says that a task-local value is about to be set. From now on there are frames that are no async body's. */
export function expectLocals(): void {
  if (hasLocals) return;
  hasLocals = true;
  const made = frames ?? makeFrames();
  fillAsyncFrame(() => {
    const frame = made.getStore();
    return frame instanceof ValuesOnly ? undefined : frame;
  });
}

// Called on the storage, as a method is, so that nothing is bound for each call.
function inFrame<A, R>(
  this: AsyncLocalStorage<Frame | undefined>,
  frame: Frame | undefined,
  run: (arg: A) => R,
  arg: A,
): R {
  return this.run(frame, run, arg);
}

function call(fn: () => void): void {
  fn();
}

function makeFrames(): AsyncLocalStorage<Frame | undefined> {
  const made = new AsyncLocalStorage<Frame | undefined>();
  frames = made;
  slot = ownSlot(made);
  // All frames are async bodies', until `expectLocals`.
  fillAsyncFrame(() => made.getStore() as AsyncFrame | undefined);
  return made;
}
