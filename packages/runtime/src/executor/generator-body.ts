import { isNativeGenerator as isNative, NATIVE_NEXT } from '../base/generator.js';
import { RESUME, SUSPENDED, YIELDED } from '../base/suspension.js';
import { isThenable } from '../base/thenable.js';
import { BUDGET, current } from '../task/current.js';
import { isUnwinding, markGuest, parkOrdinary, suspend, yieldPoll } from '../task/state.js';
import type { Task } from '../task/task.js';
import { throwYielded } from '../task/yielded-by-hand.js';
import { AsyncBody } from './async-body.js';
import { carriesStore, FORGETS_ENTERED, makeContext } from './blank.js';
import type { Context } from './context.js';
import { callWith, type TaskFunction } from './input.js';
import { endCancelled, endWithThrow, endWithValue } from './outcome.js';
import { type AfterPoll, NEXT, type Runner } from './runner.js';

// V8 looks up an import at each use, and knows a constant of this file.
const here = current;
const resume = RESUME;
const suspended = SUSPENDED;
const yielded = YIELDED;

/**
 * Generator tasks: the form that is fully under our control.
 *
 * `next()` is exactly one poll and `return()` is exactly a drop. A step is recognised by identity: `SUSPENDED`
 * is what our operations yield, and `yield*` passes it through unchanged, so anything else was yielded by hand.
 */
type Body = Generator<unknown, unknown, unknown>;
type Step = IteratorResult<unknown, unknown>;

/**
 * `next` of every native generator. Each generator function gives its generators a prototype, and so a shape, of their
 * own: a program has more of them than V8 remembers, and to look `next` up in each would cost a tenth of a switch.
 */
const nativeNext = NATIVE_NEXT;

/** The first poll of a generator function: makes the generator, and takes its first step. */
export function startGenerator(runner: Runner, task: Task<unknown>, fn: TaskFunction): AfterPoll {
  const context = task.context as Context | undefined;
  let body: Body | undefined;
  let step: Step;
  let done = false;
  let value: unknown;
  try {
    if (context === undefined) {
      body = callTaken(task, fn);
      task.body = body;
      step = nativeNext.call(body, resume);
    } else step = context.runInAsyncScope(firstStep, undefined, task, fn);
    done = step.done === true;
    if (done) value = step.value;
  } catch (thrown) {
    // A proxy around a generator function may give something else, of which nothing has run.
    if (body !== undefined && !isNative(body)) return beginForeign(runner, task);
    // The body, or the default value of a parameter.
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (!done || isObject(value)) afterStep(runner, task, step, done);
  else endWithValue(task, value);
  if (context !== undefined) keepContext(task, context);
  return NEXT;
}

/** The first poll of a generator object. A task that outlives it and carries no store is polled without a context from then on. */
export function beginGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  const context = task.context as Context | undefined;
  if (!hasNativeNext(task.body as Body)) markGuest(task);
  else if (context === undefined) return resumeGenerator(runner, task);
  const after = resumeInContext(runner, task);
  if (context !== undefined) keepContext(task, context);
  return after;
}

// An own `next` of a generator object is the program's, and may be a getter that throws: in a poll, then.
function hasNativeNext(body: Body): boolean {
  try {
    return body.next === nativeNext;
  } catch {
    return false;
  }
}

/** The first poll of what a generator function gave that is no native generator: it is asked for `next` at each poll. */
function beginForeign(runner: Runner, task: Task<unknown>): AfterPoll {
  markGuest(task);
  return resumeInContext(runner, task);
}

function keepContext(task: Task<unknown>, context: Context): void {
  if (task.context !== context && !FORGETS_ENTERED) return;
  if (carriesStore(context)) markGuest(task);
  else task.context = undefined;
}

/**
 * One poll of a generator without a context: the hot path of the whole library, with the ends of nearly every
 * poll written out, since a call that V8 does not inline costs a tenth of a switch.
 */
export function resumeGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  here.task = task;
  here.budget = BUDGET;
  let step: Step;
  try {
    step = nativeNext.call(task.body, resume);
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (step === yielded) {
    task.waitsFor = undefined;
    yieldPoll(task);
    runner.requeue(task);
    return NEXT;
  }
  if (step !== suspended) return afterStep(runner, task, step);
  task.waitsSinceMs = runner.stampMs;
  if (!parkOrdinary(task) && suspend(task)) runner.requeue(task);
  return NEXT;
}

/** One poll of a generator that carries a context, or is not in the ordinary state. */
export function resumeInContext(runner: Runner, task: Task<unknown>): AfterPoll {
  if (isUnwinding(task)) return resumeUnwinding(runner, task);
  let step: Step;
  try {
    step = stepIn(task, next);
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  }
  return afterStep(runner, task, step);
}

/** Goes on with a cleanup that waited. */
function resumeUnwinding(runner: Runner, task: Task<unknown>): AfterPoll {
  return stepLeaving(runner, task, next);
}

/** Tells an aborted body to end: `finally` blocks run, and may wait. */
export function unwindGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  return stepLeaving(runner, task, drop);
}

function stepLeaving(runner: Runner, task: Task<unknown>, go: (body: Body) => Step): AfterPoll {
  current.leaving = task;
  try {
    let step: Step;
    try {
      step = stepIn(task, go);
    } catch (thrown) {
      endWithThrow(task, thrown);
      return NEXT;
    }
    return afterStep(runner, task, step);
  } finally {
    current.leaving = null;
  }
}

function stepIn<T>(task: Task<unknown>, step: (body: Body) => T): T {
  const context = task.context as Context | undefined;
  const body = task.body as Body;
  if (context === undefined) return step(body);
  if (!FORGETS_ENTERED) return context.runInAsyncScope(step, undefined, body);
  return context.runInAsyncScope<undefined, T>(stepAndKeep as never, undefined, task, step);
}

/** What `enterWith` sets in a poll stays with its task: the next poll runs in a context that has taken it up. */
function stepAndKeep<T>(task: Task<unknown>, step: (body: Body) => T): T {
  const taken = step(task.body as Body);
  task.context = makeContext();
  return taken;
}

/** What a step leads to. `done` says whether it is the last, where that was asked: a getter is asked once. */
function afterStep(runner: Runner, task: Task<unknown>, first: Step, done?: boolean): AfterPoll {
  let step = first;
  let joins = false;
  let value: unknown;
  // The step may be an object of the program's own, which `yield*` passes on, and its getters may throw.
  try {
    if (step !== SUSPENDED && step !== YIELDED && (done ?? step.done) !== true) {
      step = throwIn(task, first);
    }
    if (step !== SUSPENDED && step !== YIELDED) {
      value = step.value;
      joins = !isUnwinding(task) && isThenable(value);
    }
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (step === SUSPENDED) {
    task.waitsSinceMs = runner.stampMs;
    if (suspend(task)) runner.requeue(task);
  } else if (step === YIELDED) {
    task.waitsFor = undefined;
    yieldPoll(task);
    runner.requeue(task);
  } else if (joins) adoptIn(runner, task, value as PromiseLike<unknown>);
  else if (isUnwinding(task)) endCancelled(task);
  else endWithValue(task, value);
  return NEXT;
}

// In functions of their own: a closure in `afterStep` would have it make 64 bytes of context at each call.
function throwIn(task: Task<unknown>, step: Step): Step {
  return stepIn(task, (body) => throwYielded(body, step));
}

function adoptIn(runner: Runner, task: Task<unknown>, value: PromiseLike<unknown>): void {
  stepIn(task, () => adopt(runner, task, value));
}

function adopt(runner: Runner, task: Task<unknown>, value: PromiseLike<unknown>): void {
  const body = new AsyncBody(runner, task);
  task.body = body;
  markGuest(task);
  try {
    body.enter((returned) => body.adopt(returned), value);
  } catch (thrown) {
    endWithThrow(task, thrown);
  }
}

// What may be a thenable, or a proxy that only looks like a value.
function isObject(value: unknown): boolean {
  return typeof value === 'object' || typeof value === 'function';
}

// The default values of parameters see the task's stores too.
function firstStep(task: Task<unknown>, fn: TaskFunction): Step {
  const body = callTaken(task, fn);
  task.body = body;
  if (!isNative(body)) markGuest(task);
  const step = body.next(RESUME);
  if (FORGETS_ENTERED) task.context = makeContext();
  return step;
}

/** Calls with the arguments of the spawn, which the task lets go: the body alone has them now. */
function callTaken(task: Task<unknown>, fn: TaskFunction): Body {
  const { input } = task;
  if (input === undefined) return fn() as Body;
  task.input = undefined;
  return callWith(fn, input) as Body;
}

const next = (body: Body): Step => body.next(RESUME);
const drop = (body: Body): Step => body.return(undefined);
