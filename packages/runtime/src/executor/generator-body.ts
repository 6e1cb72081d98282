import { RESUME, SUSPENDED, YIELDED } from '../base/suspension.js';
import { isThenable } from '../base/thenable.js';
import { BUDGET, current } from '../task/current.js';
import { isUnwinding, markGuest, suspend, yieldPoll } from '../task/state.js';
import type { Task } from '../task/task.js';
import { throwYielded } from '../task/yielded-by-hand.js';
import { AsyncBody } from './async-body.js';
import { carriesStore } from './blank.js';
import type { Context } from './context.js';
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

/** The first poll. A task that outlives it and carries no store is polled without a context from then on. */
export function beginGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  const context = task.context as Context | undefined;
  const after = resumeInContext(runner, task);
  if (context === undefined || task.context !== context) return after;
  if (carriesStore(context)) markGuest(task);
  else task.context = undefined;
  return after;
}

/** One poll of a generator without a context: the hot path of the whole library. */
export function resumeGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  current.task = task;
  current.budget = BUDGET;
  let step: Step;
  try {
    step = (task.body as Body).next(RESUME);
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (step === YIELDED) {
    yieldPoll(task);
    runner.requeue(task);
    return NEXT;
  }
  return afterStep(runner, task, step);
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
  current.leaving = task;
  try {
    return afterStep(runner, task, stepIn(task, next));
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  } finally {
    current.leaving = null;
  }
}

/** Tells an aborted body to end: `finally` blocks run, and may wait. */
export function unwindGenerator(runner: Runner, task: Task<unknown>): AfterPoll {
  current.leaving = task;
  try {
    return afterStep(runner, task, stepIn(task, drop));
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  } finally {
    current.leaving = null;
  }
}

function stepIn<T>(task: Task<unknown>, step: (body: Body) => T): T {
  const context = task.context as Context | undefined;
  const body = task.body as Body;
  return context === undefined ? step(body) : context.runInAsyncScope(step, undefined, body);
}

function afterStep(runner: Runner, task: Task<unknown>, first: Step): AfterPoll {
  let step = first;
  let joins = false;
  // The step may be an object of the program's own, which `yield*` passes on, and its getters may throw.
  try {
    if (step !== SUSPENDED && step !== YIELDED && step.done !== true) {
      step = stepIn(task, (body) => throwYielded(body, first));
    }
    if (step !== SUSPENDED && step !== YIELDED) joins = !isUnwinding(task) && isThenable(step.value);
  } catch (thrown) {
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (step === SUSPENDED) {
    task.waitsSinceMs = runner.stampMs;
    if (suspend(task)) runner.requeue(task);
  } else if (step === YIELDED) {
    yieldPoll(task);
    runner.requeue(task);
  } else if (joins) stepIn(task, () => adopt(runner, task, step.value as PromiseLike<unknown>));
  else if (isUnwinding(task)) endCancelled(task);
  else endWithValue(task, step.value);
  return NEXT;
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

const next = (body: Body): Step => body.next(RESUME);
const drop = (body: Body): Step => body.return(undefined);
