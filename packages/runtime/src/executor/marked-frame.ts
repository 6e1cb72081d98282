import { type AsyncFrame, type AsyncWaits, currentAsyncFrame } from '../task/async-frame.js';
import type { Locals } from '../task/locals.js';
import type { Pending, Pollable, Waker } from '../task/pollable.js';
import type { Task } from '../task/task.js';
import { type Context, runInFrame } from './context.js';

/** Polls `inner` for the first time, when it may call a function: what that awaits, in an async task, finds the marks. */
export function pollMarked<T>(marks: FrameMarks, inner: Pollable<T>, waker: Waker): T | Pending {
  const outer = currentAsyncFrame();
  if (outer === undefined) return inner.poll(waker);
  const poll = (polled: Pollable<T>): T | Pending => polled.poll(waker);
  return runInFrame(new MarkedFrame(outer, marks), undefined, poll, inner);
}

/** What a frame may say besides of the operations that are awaited in it. */
export interface FrameMarks {
  readonly shielded?: true;
  readonly unconstrained?: true;
}

/** The frame of an async body, with a mark on what it awaits. */
class MarkedFrame implements AsyncFrame {
  readonly task: Task<unknown>;
  readonly shielded: boolean;
  readonly unconstrained: boolean;
  readonly waits: AsyncWaits;
  readonly locals: Locals | undefined;
  readonly context: Context | undefined;

  constructor(outer: AsyncFrame, marks: FrameMarks) {
    this.task = outer.task;
    this.shielded = marks.shielded ?? outer.shielded;
    this.unconstrained = marks.unconstrained ?? outer.unconstrained;
    this.waits = outer.waits;
    this.locals = outer.locals;
    this.context = outer.task.context as Context | undefined;
  }

  enter<A, R>(run: (arg: A) => R, arg: A): R {
    return runInFrame(this, this.context, run, arg);
  }
}
