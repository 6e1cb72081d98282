import type { Result } from '../base/result.js';
import type { TaskId } from '../base/task-id.js';
import type { JoinError } from './join-error.js';
import { ManyWakers } from './many-wakers.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';
import { ENQUEUE, IGNORED, isAborted, isSettled, requestAbort, SPAWNED, settle, wake } from './state.js';
import { type TaskAttributes, TaskSignal } from './task-attributes.js';
import { TaskCancelled } from './task-cancelled.js';

/** Who runs a task: an executor on this thread, or the keeper of an OS thread. */
export interface TaskOwner {
  /** Puts a woken task into the queue. */
  enqueue(task: Task<unknown>): void;
  /** Was asked, for the first time, to end the task. `enqueue` says that it was waiting. */
  abort(task: Task<unknown>, enqueue: boolean): void;
  /**
   * Whether a body that was told of its abort may begin one more operation in its cleanup. One that swallows the
   * refusals is abandoned after a hundred of them, and has settled when this returns.
   */
  mayWait(task: Task<unknown>): boolean;
  /** Blocks this thread until the task has settled, or for so long: only where the task has a thread of its own. */
  blockUntilEnded?(timeoutMs: number | undefined): void;
  /** The time on the owner's clock. */
  nowMs(): number;
  /** Gives the numbers from 0 to 1 by which its tasks choose. */
  random?(): number;
  /** One of its tasks waits for one promise of others more, or less. */
  waitsForPromise?(by: 1 | -1): void;
  /** Hears that a task has its outcome, before anybody else does. */
  ended(task: Task<unknown>): void;
  /** Hears that a poll had to end because its budget was used up. */
  forcedYield?(): void;
  /** The owner of the handle does not care any more. */
  detach(task: Task<unknown>): void;
}

let lastId = 0;

/**
 * Numbers the tasks of this thread from `id` on, and answers what the next one would have had: a thread's first task
 * is known inside by the id it has outside, and an explored schedule has the same ids each time.
 */
export function numberTasksFrom(id: TaskId): TaskId {
  const next = lastId + 1;
  lastId = id - 1;
  return next;
}

/**
 * One spawned computation, whoever runs it: what stands in the queue.
 *
 * It knows its state and its outcome; its owner knows how to run it. What the user holds is a `JoinHandle`,
 * another object, so that nothing in the hand can poll and nothing in the queue can join.
 *
 * To whoever joins, a task is the thing that is waited for: it is a `Pollable` of its outcome.
 *
 * The fields are all set in the constructor, in one order: every task has one shape, and 100,000 of them fit.
 */
export class Task<T> implements Waker, Pollable<Result<T, JoinError>> {
  readonly id: TaskId;
  state: number = SPAWNED;
  /** The one behind it, while it stands in a line of those who are ready. Beside the state, which is looked at in the same moment. */
  behind: Task<unknown> | undefined = undefined;
  readonly owner: TaskOwner;
  /** What the owner runs: its business alone. Cleared at the end, so that nothing outlives the task. */
  body: unknown;
  /** What the body is called with, until it is: its owner's business too. */
  input: unknown;
  /** What the body runs in: its owner's business too. */
  context: unknown = undefined;
  outcome: Result<T, JoinError> | undefined = undefined;
  /** What it waits for, for the report of a hang. */
  waitsFor: { readonly what: string } | undefined = undefined;
  /** Since when, in whole milliseconds on its owner's clock. */
  waitsSinceMs = 0;
  /** Who waits for the outcome: nearly always one. */
  joiners: Waker | undefined = undefined;
  attributes: TaskAttributes | undefined;
  /** The owner's list of live tasks runs through its members. */
  previous: Task<unknown> | undefined = undefined;
  next: Task<unknown> | undefined = undefined;

  constructor(owner: TaskOwner, body: unknown, attributes: TaskAttributes | undefined, input?: unknown) {
    lastId += 1;
    this.id = lastId;
    this.owner = owner;
    this.body = body;
    this.input = input;
    this.attributes = attributes;
  }

  get name(): string | undefined {
    return this.attributes?.name;
  }

  get priority(): number {
    return this.attributes?.priority ?? 0;
  }

  get deadlineMs(): number {
    return this.attributes?.deadlineMs ?? Number.POSITIVE_INFINITY;
  }

  get tickets(): number {
    return this.attributes?.tickets ?? 1;
  }

  get usedMs(): number {
    return this.attributes?.usedMs ?? notMeasured('usedMs');
  }

  get readySinceMs(): number {
    return this.attributes?.readySinceMs ?? notMeasured('readySinceMs');
  }

  wake(): void {
    if (wake(this)) this.owner.enqueue(this as Task<unknown>);
  }

  abort(reason?: unknown): void {
    const verdict = requestAbort(this);
    if (verdict === IGNORED) return;
    const attributes = this.withAttributes();
    attributes.abortReason = reason;
    try {
      this.owner.abort(this as Task<unknown>, verdict === ENQUEUE);
    } finally {
      attributes.signal?.fire(reason);
    }
  }

  /** Ends the task with `outcome` and wakes who joined it. Answers `false` when it had ended before. */
  settle(outcome: Result<T, JoinError>): boolean {
    if (!settle(this)) return false;
    this.outcome = outcome;
    this.body = undefined;
    this.input = undefined;
    this.context = undefined;
    this.waitsFor = undefined;
    this.owner.ended(this as Task<unknown>);
    const { attributes } = this;
    if (attributes?.afterwards !== undefined) {
      const { afterwards } = attributes;
      // The outcome may be kept long after what was to be undone.
      attributes.afterwards = undefined;
      for (const run of afterwards) run();
    }
    const joiners = this.joiners;
    if (joiners === undefined) return true;
    this.joiners = undefined;
    joiners.wake();
    return true;
  }

  /** Wakes `waker` when the task settles: at once if it has. */
  join(waker: Waker): void {
    if (isSettled(this)) waker.wake();
    else if (this.joiners === undefined) this.joiners = waker;
    else if (this.joiners === waker) return;
    else if (this.joiners instanceof ManyWakers) this.joiners.add(waker);
    else this.joiners = new ManyWakers(this.joiners, waker);
  }

  get what(): string {
    const { id, name } = this;
    return name === undefined ? `handle of task ${id}` : `handle of task ${id} "${name}"`;
  }

  poll(waker: Waker): Result<T, JoinError> | Pending {
    if (this.outcome !== undefined) {
      this.noteTaken();
      return this.outcome;
    }
    this.join(waker);
    return PENDING;
  }

  /** The program has its outcome: see `TaskAttributes.taken`. */
  noteTaken(): void {
    const { attributes } = this;
    if (attributes?.taken === false) attributes.taken = true;
  }

  leave(waker: Waker): boolean {
    this.unjoin(waker);
    return true;
  }

  unjoin(waker: Waker): void {
    if (this.joiners === waker) this.joiners = undefined;
    else if (this.joiners instanceof ManyWakers && !this.joiners.delete(waker)) this.joiners = undefined;
  }

  /** Calls `run` when the task has settled. For what must be undone: unlike `join`, it is not a sign that anybody cares. */
  afterwards(run: () => void): void {
    if (isSettled(this)) run();
    else {
      const attributes = this.withAttributes();
      attributes.afterwards ??= [];
      attributes.afterwards.push(run);
    }
  }

  /** See `Leaving`. */
  mayBegin(): boolean {
    if (this.owner.mayWait(this as Task<unknown>)) return true;
    if (isSettled(this)) return false;
    throw new TaskCancelled(this.id, this.attributes?.abortReason);
  }

  withAttributes(): TaskAttributes {
    this.attributes ??= {};
    return this.attributes;
  }

  /** The signal that fires when the task is aborted; made when first asked for. */
  signal(): AbortSignal {
    const attributes = this.withAttributes();
    if (attributes.signal === undefined) {
      attributes.signal = new TaskSignal();
      attributes.signalAsked?.();
      if (isAborted(this)) attributes.signal.fire(attributes.abortReason);
    }
    return attributes.signal.signal;
  }
}

function notMeasured(number: string): never {
  throw new Error(
    `a policy read ${number}, which is measured for one that says so alone: add reads: ['${number}'] to it`,
  );
}
