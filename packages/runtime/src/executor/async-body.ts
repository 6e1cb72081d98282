import { types } from 'node:util';
import { Ring } from '../base/ring.js';
import type { AsyncFrame, AsyncWaits, ParkedWait } from '../task/async-frame.js';
import { currentTask } from '../task/current.js';
import { TaskHandle } from '../task/join-handle.js';
import type { Locals } from '../task/locals.js';
import { Operation } from '../task/operation.js';
import { ABANDON_AFTER_MS, REFUSALS } from '../task/patience.js';
import { isAborted, isSettled, suspend } from '../task/state.js';
import type { Task } from '../task/task.js';
import { type Context, runInFrame } from './context.js';
import { endAbandoned, endCancelled, endWithThrow, endWithValue, SWALLOWED } from './outcome.js';
import { patienceTimers } from './patience-timers.js';
import { pollSoon } from './poll-soon.js';
import { type AfterPoll, HOP, NEXT, type Runner } from './runner.js';
import type { Timer } from './timers.js';

const RESOLVED = Promise.resolve();

/**
 * Async tasks: guests, whose body V8 resumes.
 *
 * We see the body at its awaits of ours, each a parked wait, and at its end. It is resumed by settling one
 * parked wait per poll. An abort is a throw into every parked wait and into every operation after that. What
 * does not listen, because it sits on a foreign promise or swallows the throws, is abandoned: its handle
 * settles, and its operations never answer again, which is as near as a promise comes to being dropped.
 */
export class AsyncBody implements AsyncFrame, AsyncWaits {
  readonly task: Task<unknown>;
  readonly shielded = false;
  readonly unconstrained = false;
  readonly waits: AsyncWaits = this;
  /** The stores that were active at the spawn, where there were any. */
  readonly context: Context | undefined;
  readonly #runner: Runner;
  // Nearly every body has one wait at a time; a `Promise.all` over operations has several.
  #parked: ParkedWait | undefined;
  #moreParked: Set<ParkedWait> | undefined;
  #woken: ParkedWait | undefined;
  #moreWoken: Ring<ParkedWait> | undefined;
  #refusals = 0;
  #told = false;
  #adopted = false;
  #abortedByItself = false;
  #abandonTimer: Timer | undefined;

  constructor(runner: Runner, task: Task<unknown>) {
    this.#runner = runner;
    this.task = task;
    this.context = task.context as Context | undefined;
  }

  get locals(): Locals | undefined {
    return this.task.attributes?.locals;
  }

  enter<A, R>(run: (arg: A) => R, arg: A): R {
    return runInFrame(this, this.context, run, arg);
  }

  /** What the body waits on: its parked waits, or a promise that is not ours. */
  get what(): string {
    const waits = this.#parkedWaits();
    if (waits.length === 0) return 'a promise that is not of heddle';
    return waits.map((wait) => wait.what).join(', ');
  }

  get isParked(): boolean {
    return this.#parked !== undefined || (this.#moreParked?.size ?? 0) > 0;
  }

  /** Whether what it returned is the promise of an async function, which may await ours any moment. */
  hasRun = false;

  /** Lets the promise that the body returned decide how the task ends. Gives the body itself. */
  adopt(returned: PromiseLike<unknown>): this {
    const { task } = this;
    this.hasRun = types.isPromise(returned);
    task.waitsFor = this;
    task.waitsSinceMs = this.#runner.stampMs;
    answersLater(returned).then(
      (value) => this.#runner.settleInMicrotask(() => this.#returned(value)),
      (thrown) => this.#runner.settleInMicrotask(() => this.#threw(thrown)),
    );
    this.#adopted = true;
    this.#runner.stopped?.ran(this);
    if (isAborted(task)) this.#limitTime();
    if (suspend(task)) this.#runner.requeue(task);
    return this;
  }

  /** Settles the wait that was woken first. */
  resume(): AfterPoll {
    const { task } = this;
    const wait = this.#woken ?? this.#moreWoken?.pop();
    this.#woken = undefined;
    const delivered = wait?.poll() === true;
    if (wait !== undefined && delivered) this.unpark(wait);
    this.#runner.stopped?.ran(this);
    if ((this.#moreWoken?.size ?? 0) > 0) task.wake();
    if (delivered) return HOP;
    if (suspend(task)) this.#runner.requeue(task);
    return NEXT;
  }

  /** Throws `TaskCancelled` into every wait that is not shielded. */
  unwind(): AfterPoll {
    for (const wait of this.#parkedWaits()) {
      if (wait.shielded || !wait.cancel()) continue;
      this.unpark(wait);
      if (this.#woken === wait) this.#woken = undefined;
    }
    this.#runner.stopped?.ran(this);
    // A wait that was woken before this poll, and is now in a cleanup, is woken no more until it is polled.
    if (this.#woken !== undefined || (this.#moreWoken?.size ?? 0) > 0) this.task.wake();
    // A body that aborted itself and then ended, all in one step, is heard of in the microtask before this one.
    void RESOLVED.then(() => {
      this.#told = true;
    });
    return HOP;
  }

  aborted(): void {
    this.#abortedByItself ||= currentTask() === this.task;
    if (this.#adopted) this.#limitTime();
  }

  #limitTime(): void {
    const afterMs = this.task.attributes?.abandonAfterMs ?? ABANDON_AFTER_MS;
    if (afterMs === false || this.#abandonTimer !== undefined || isSettled(this.task)) return;
    this.#abandonTimer = patienceTimers(this.#runner).after(afterMs, () => {
      // Whoever waits for its end, a scope say, may have said meanwhile that it is not to be abandoned.
      if (this.task.attributes?.abandonAfterMs === false) return;
      this.abandon(`it had not ended ${afterMs} ms after its abort, waiting on ${this.what}`);
    });
  }

  park(wait: ParkedWait): void {
    this.task.waitsSinceMs = this.#runner.stampMs;
    this.#runner.stopped?.ran(this);
    if (this.#parked === undefined) {
      this.#parked = wait;
      return;
    }
    this.#moreParked ??= new Set();
    this.#moreParked.add(wait);
  }

  unpark(wait: ParkedWait): void {
    if (this.#parked === wait) this.#parked = undefined;
    else this.#moreParked?.delete(wait);
  }

  woken(wait: ParkedWait): void {
    if (this.task.body !== this) {
      pollSoon(wait);
      return;
    }
    if (this.#woken === undefined && (this.#moreWoken?.size ?? 0) === 0) this.#woken = wait;
    else {
      this.#moreWoken ??= new Ring();
      this.#moreWoken.push(wait);
    }
    this.task.wake();
  }

  refuse(tell: () => void): void {
    this.#refusals += 1;
    if (isSettled(this.task)) {
      // What a body left behind when it ended is refused as the body was; what was abandoned hears nothing more.
      if (!isAbandoned(this.task) && this.#refusals < REFUSALS) void RESOLVED.then(tell);
      return;
    }
    this.#told = true;
    if (this.#refusals < REFUSALS) void RESOLVED.then(tell);
    // It may go on for ever, but not keep timers and I/O from being served.
    else if (this.task.attributes?.abandonAfterMs === false) this.#runner.host.macrotask(tell);
    else this.abandon(SWALLOWED);
  }

  /**
   * Lets the waits go on by themselves that the body began and did not wait for: it has ended, or was no async
   * body after all. A promise that nobody holds is not lost in JavaScript.
   */
  release(): void {
    if (this.#woken !== undefined) pollSoon(this.#woken);
    this.#woken = undefined;
    for (let wait = this.#moreWoken?.pop(); wait !== undefined; wait = this.#moreWoken?.pop()) pollSoon(wait);
  }

  // Whatever cleanup returns is dropped. A body that was aborted in the very step that ends it keeps its value.
  #returned(value: unknown): void {
    this.#clearTimer();
    const { task } = this;
    const told = this.#told || (isAborted(task) && !this.#abortedByItself);
    if (told) endCancelled(task);
    else endWithValue(task, value);
    this.release();
  }

  #threw(thrown: unknown): void {
    this.#clearTimer();
    endWithThrow(this.task, thrown);
    this.release();
  }

  /**
   * Settles the task without its body. What that still waits for inside `shielded` is withdrawn too: a message must
   * not go to who will never see it.
   */
  abandon(why: string): void {
    this.#clearTimer();
    endAbandoned(this.#runner, this.task, why);
    for (const wait of this.#parkedWaits()) wait.drop();
  }

  #parkedWaits(): ParkedWait[] {
    return [this.#parked, ...(this.#moreParked ?? [])].filter((wait) => wait !== undefined);
  }

  #clearTimer(): void {
    this.#abandonTimer?.cancel();
    this.#abandonTimer = undefined;
  }
}

/**
 * Somebody else's thenable may answer in the middle of anything, even of a poll of another executor, where no turn
 * may begin. A promise answers in a microtask of its own, and so does what is ours.
 */
function answersLater(returned: PromiseLike<unknown>): PromiseLike<unknown> {
  const later = types.isPromise(returned) || returned instanceof Operation || returned instanceof TaskHandle;
  return later ? returned : Promise.resolve(returned);
}

function isAbandoned({ outcome }: Task<unknown>): boolean {
  return outcome?.ok === false && outcome.error.isAbandoned();
}
