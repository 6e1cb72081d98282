import { RESUME, SUSPENDED } from '../base/suspension.js';
import { isThenable } from '../base/thenable.js';
import { current, drop } from '../task/current.js';
import { isUnwinding, suspend } from '../task/state.js';
import type { Task } from '../task/task.js';
import { yieldedByHand } from '../task/yielded-by-hand.js';
import { AsyncBody } from './async-body.js';
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
    endWithThrow(task, thrown);
    return NEXT;
  }
  if (step === SUSPENDED) {
    task.waitsSinceMs = runner.stampMs;
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
    step = context === undefined ? drop(body) : context.runInAsyncScope(dropBody, undefined, body);
  } catch (thrown) {
    endWithThrow(task, thrown);
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
      endWithThrow(task, thrown);
      return NEXT;
    }
  }
  if (step === SUSPENDED) {
    task.waitsSinceMs = runner.stampMs;
    if (suspend(task)) runner.requeue(task);
    return NEXT;
  }
  const value = step.value;
  if (isUnwinding(task)) endCancelled(task);
  else if (isThenable(value)) adopt(runner, task, value);
  else endWithValue(task, value);
  return NEXT;
}

function adopt(runner: Runner, task: Task<unknown>, value: PromiseLike<unknown>): void {
  const body = new AsyncBody(runner, task);
  task.body = body;
  try {
    runInFrame(body, () => body.adopt(value));
  } catch (thrown) {
    endWithThrow(task, thrown);
  }
}

const next = (body: Body): Step => body.next(RESUME);
const dropBody = (body: Body): Step => drop(body);
