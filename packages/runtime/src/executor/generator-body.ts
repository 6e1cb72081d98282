import { types } from 'node:util';
import { safeInspect } from '../base/safe-inspect.js';
import { RESUME, SUSPENDED } from '../base/suspension.js';
import { current } from '../task/current.js';
import { isUnwinding, suspend } from '../task/state.js';
import type { Task } from '../task/task.js';
import { AsyncBody, isThenable } from './async-body.js';
import { type Context, carriesStore, runInFrame } from './context.js';
import { endCancelled, endWithThrow, endWithValue } from './outcome.js';
import { type AfterPoll, NEXT, type Runner } from './runner.js';

/**
 * Generator tasks: the form that is fully under our control.
 *
 * `next()` is exactly one poll and `return()` is exactly a drop. A step is recognised by identity: `SUSPENDED`
 * is what our operations yield, and `yield*` passes it through unchanged, so anything else was yielded by hand.
 */
type Body = Generator<unknown, unknown, unknown>;
type Step = IteratorResult<unknown, unknown>;

const GeneratorFunction = Object.getPrototypeOf(function* () {}) as object;
const GeneratorPrototype = Reflect.get(GeneratorFunction, 'prototype') as object;
const isPrototypeOf = Object.prototype.isPrototypeOf;

export function isGeneratorFunction(fn: unknown): boolean {
  return isPrototypeOf.call(GeneratorFunction, fn as object);
}

/** Whether `value` is a native generator object. Generators of another realm (`node:vm`) count too. */
export function isGenerator(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null) return false;
  return isPrototypeOf.call(GeneratorPrototype, value) || types.isGeneratorObject(value);
}

/** The first poll. A task that outlives it and carries no store is polled without a context from then on. */
export function beginGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  const context = task.context as Context | undefined;
  const after = resumeGenerator(runner, task);
  if (context !== undefined && task.context === context && !carriesStore(context)) task.context = undefined;
  return after;
}

export function resumeGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  current.waker = task;
  if (isUnwinding(task)) current.leaving = task;
  const body = task.body as Body;
  let step: Step;
  try {
    const context = task.context as Context | undefined;
    step = context === undefined ? body.next(RESUME) : context.runInAsyncScope(next, undefined, body);
  } catch (thrown) {
    endWithThrow(runner, task, thrown);
    return NEXT;
  }
  if (step === SUSPENDED) {
    if (suspend(task)) runner.requeue(task);
    return NEXT;
  }
  return afterStep(runner, task, step);
}

/** Tells an aborted body to end: `finally` blocks run, and may wait. */
export function unwindGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  current.waker = task;
  current.leaving = task;
  const body = task.body as Body;
  let step: Step;
  try {
    const context = task.context as Context | undefined;
    step = context === undefined ? body.return(undefined) : context.runInAsyncScope(drop, undefined, body);
  } catch (thrown) {
    endWithThrow(runner, task, thrown);
    return NEXT;
  }
  return afterStep(runner, task, step);
}

function afterStep(runner: Runner, task: Task<unknown>, first: Step): AfterPoll {
  let step = first;
  while (step !== SUSPENDED && step.done !== true) {
    // Thrown where the body yielded, so that the stack names the place and its `finally` blocks run.
    try {
      step = (task.body as Body).throw(yieldedByHand(step.value));
    } catch (thrown) {
      endWithThrow(runner, task, thrown);
      return NEXT;
    }
  }
  if (step === SUSPENDED) {
    if (suspend(task)) runner.requeue(task);
    return NEXT;
  }
  const value = step.value;
  if (isUnwinding(task)) endCancelled(runner, task);
  else if (isThenable(value)) adopt(runner, task, value);
  else endWithValue(runner, task, value);
  return NEXT;
}

function adopt(runner: Runner, task: Task<unknown>, value: PromiseLike<unknown>): void {
  const body = new AsyncBody(runner, task);
  task.body = body;
  try {
    runInFrame(body, () => body.adopt(value));
  } catch (thrown) {
    endWithThrow(runner, task, thrown);
  }
}

function yieldedByHand(value: unknown): TypeError {
  return new TypeError(
    `a task yielded ${safeInspect(value, 100)}, which is not an operation of heddle: use \`yield*\`, as in \`yield* sleep(10)\`; for a promise, \`yield* promised(promise)\`.`,
  );
}

const next = (body: Body): Step => body.next(RESUME);
const drop = (body: Body): Step => body.return(undefined);
