import { isAsyncFunction, isGenerator, isGeneratorFunction } from '../base/generator.js';
import { isThenable } from '../base/thenable.js';
import { fillRootFrame } from '../task/async-frame.js';
import { BUDGET, current } from '../task/current.js';
import type { Pollable } from '../task/pollable.js';
import { DROP, isSettled, markGuest, RESUME_BODY, SKIP, START, startPoll, UNWIND } from '../task/state.js';
import type { Task } from '../task/task.js';
import { AsyncBody } from './async-body.js';
import { beginGenerator, resumeInContext, startGenerator, unwindGenerator } from './generator-body.js';
import { callWith, type TaskFunction } from './input.js';
import { endAbandoned, endCancelled, endWithThrow, endWithValue } from './outcome.js';
import { type AfterPoll, BEGUN, NEXT, type Runner } from './runner.js';

/**
 * One poll of one task: from resume to suspend, and what its end leads to.
 *
 * The panic boundary is here and in the bodies: whatever user code throws ends its task and nothing else.
 */
export function poll(runner: Runner, task: Task<unknown>): AfterPoll {
  current.task = task;
  current.budget = BUDGET;
  switch (startPoll(task)) {
    case RESUME_BODY:
      return task.body instanceof AsyncBody ? task.body.resume() : resumeInContext(runner, task);
    case START: {
      // Two calls less for the commonest of tasks: a generator function without arguments or attributes.
      const { body } = task;
      const after =
        task.attributes === undefined && isGeneratorFunction(body)
          ? startGenerator(runner, task, body as TaskFunction)
          : start(runner, task);
      if (!isSettled(task)) runner.begun(task);
      return after;
    }
    case UNWIND:
      task.withAttributes().toldAtMs = runner.host.now();
      return task.body instanceof AsyncBody ? task.body.unwind() : unwindGenerator(runner, task);
    case DROP:
      endCancelled(task);
      return NEXT;
    case SKIP:
      return NEXT;
  }
}

/** Whether a task's next poll is one of an async body: what its body does comes later, in a microtask. */
export function isAsync({ body }: Task<unknown>): boolean {
  return body instanceof AsyncBody || isAsyncFunction(body);
}

/** Does at once what an abort needs besides a poll: the time after which the body is abandoned starts to run. */
export function abortBody(task: Task<unknown>): void {
  if (task.body instanceof AsyncBody) task.body.aborted();
}

/** Settles a task whose body will not end, and withdraws what it still waits for: a permit must not go to nobody. */
export function abandonBody(runner: Runner, task: Task<unknown>, why: string): void {
  if (task.body instanceof AsyncBody) {
    task.body.abandon(why);
    return;
  }
  // Also where it has been woken: what it was woken with, it will never see.
  const waitsFor = task.waitsFor as Partial<Pollable<unknown>> | undefined;
  endAbandoned(runner, task, why);
  current.task = task;
  try {
    waitsFor?.leave?.(task);
  } catch {
    // Nobody is left whom a cleanup could tell that it failed.
  } finally {
    current.task = null;
  }
}

function start(runner: Runner, task: Task<unknown>): AfterPoll {
  const timeoutMs = task.attributes?.timeoutMs;
  if (timeoutMs !== undefined) abortAfter(runner, task, timeoutMs);
  const { body } = task;
  if (typeof body !== 'function') return beginGenerator(runner, task);
  const fn = body as TaskFunction;
  return isGeneratorFunction(fn) ? startGenerator(runner, task, fn) : startCall(runner, task, fn);
}

// A plain or async function may await ours at any depth, so it is called where that can be told.
function startCall(runner: Runner, task: Task<unknown>, fn: TaskFunction): AfterPoll {
  const { input } = task;
  const body = new AsyncBody(runner, task);
  task.body = body;
  task.input = undefined;
  markGuest(task);
  current.calling = true;
  try {
    const call = { fn, input, body };
    const returned = isRoot(task) ? callAtRoot(call) : body.enter(callIn, call);
    // An operation of ours has been asked already; a promise is of a body that has run, up to its first await.
    if (returned === body) return body.hasRun ? BEGUN : NEXT;
    if (!isGenerator(returned)) {
      endWithValue(task, returned);
      body.release();
      return NEXT;
    }
    task.body = returned;
    body.release();
  } catch (thrown) {
    endWithThrow(task, thrown);
    body.release();
    return NEXT;
  } finally {
    current.calling = false;
  }
  return beginGenerator(runner, task);
}

/** Whether nobody need be told apart from it, nor anything be carried into it. */
function isRoot({ attributes, context }: Task<unknown>): boolean {
  return attributes?.isRoot === true && context === undefined && attributes.locals === undefined;
}

function callAtRoot(call: FirstCall): unknown {
  fillRootFrame(call.body);
  return callIn(call);
}

function callIn({ fn, input, body }: FirstCall): unknown {
  const value = callWith(fn, input);
  return isThenable(value) ? body.adopt(value) : value;
}

interface FirstCall {
  readonly fn: TaskFunction;
  readonly input: unknown;
  readonly body: AsyncBody;
}

function abortAfter(runner: Runner, task: Task<unknown>, timeoutMs: number): void {
  const timer = runner.timers.after(timeoutMs, () =>
    task.abort(new Error(`timeoutMs: ${timeoutMs} ms have passed`)),
  );
  task.afterwards(() => timer.cancel());
}
