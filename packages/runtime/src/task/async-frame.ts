import type { Locals } from './locals.js';
import type { Waker } from './pollable.js';
import type { Task } from './task.js';

/**
 * Where the async tasks are kept apart: the frame of the async body that the caller runs in, if any.
 *
 * The executor fills it when the first async task starts, so that importing the library enables no async hook.
 */
export interface AsyncFrame {
  readonly task: Task<unknown>;
  /** Whether the caller is inside `shielded`, where an abort is not told. */
  readonly shielded: boolean;
  /** Whether the caller is inside `unconstrained`, where nothing costs any budget. */
  readonly unconstrained: boolean;
  readonly waits: AsyncWaits;
  /** The task-local values that are set here. */
  readonly locals: Locals | undefined;
  /** Calls `run` in this frame, with the stores that were active where its task was spawned. */
  enter<A, R>(run: (arg: A) => R, arg: A): R;
}

/** What the executor keeps for the awaits of one async body. */
export interface AsyncWaits {
  /** Whether it is a branch that was left: whatever it begins is refused. */
  readonly left?: boolean;
  /** A wait found nothing yet, and stays until it is woken or cancelled. */
  park(wait: ParkedWait): void;
  /** A parked wait was woken: its task asks for a poll. */
  woken(wait: ParkedWait): void;
  /** An operation is refused because the task is aborted. Calls `tell` soon, or never when the body is abandoned. */
  refuse(tell: () => void): void;
}

/** One `await` of ours that an async body is suspended in. */
export interface ParkedWait {
  readonly what: string;
  readonly shielded: boolean;
  /** Polls. Answers `true` when it gave the body something: the body runs in the microtask after this. */
  poll(): boolean;
  /** Ends the wait with `TaskCancelled`. Answers `false` while its own cleanup still waits. */
  cancel(): boolean;
  /** Withdraws, and never answers. */
  drop(): void;
}

/** What the executor keeps for a function that is a branch of a task, in case it awaits. */
export interface BranchCall {
  /** What it waits for of ours, if anything. */
  readonly what: string | undefined;
  call<A, R>(waker: Waker, fn: (arg: A) => R, arg: A): R;
  poll(waker: Waker): void;
  end(): void;
  leave(): void;
}

/** Makes one; the executor fills it. */
export let branchBody: (task: Task<unknown>) => BranchCall | undefined = () => undefined;

export function fillBranchBody(make: (task: Task<unknown>) => BranchCall): void {
  branchBody = make;
}

let asyncFrame: () => AsyncFrame | undefined = () => undefined;

export function currentAsyncFrame(): AsyncFrame | undefined {
  return asyncFrame() ?? root;
}

export function fillAsyncFrame(read: () => AsyncFrame | undefined): void {
  asyncFrame = read;
}

/**
 * The body that this thread is for, where it is for one: what runs in no other frame is its.
 *
 * So the function of a job is called without a frame, which on Node 20 costs several microseconds around it.
 */
let root: AsyncFrame | undefined;

/** Says which body that is, or that there is none. */
export function fillRootFrame(frame: AsyncFrame | undefined): void {
  root = frame;
}

/** Says that there is none, and gives the one that there was. */
export function takeRootFrame(): AsyncFrame | undefined {
  const taken = root;
  root = undefined;
  return taken;
}
