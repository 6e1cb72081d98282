import { performance } from 'node:perf_hooks';
import { soon } from '../base/soon.js';
import { currentTask } from '../task/current.js';
import { LATER, type Observer, SETTLED, SUSPENDED, YIELDED } from '../task/observer.js';
import { isSettled, isWaiting, markGuest } from '../task/state.js';
import type { Task } from '../task/task.js';
import type { Follower } from '../task/task-attributes.js';
import { AsyncBody } from './async-body.js';
import { poll } from './poll.js';
import { type AfterPoll, HOP, NEXT, type Runner, type Watch } from './runner.js';

/**
 * Tells an observer what an executor does, for as long as a recording lasts, in front of who watches it anyway.
 *
 * A poll of a generator is seen exactly. Of an async task we see where its body is given what it waited for, and a
 * microtask later its step is over; at which await of ours it stopped is known one microtask after that, and said then.
 *
 * Where one poll follows another directly, the end of the first is the beginning of the second: the clock is most of
 * what an event costs.
 *
 * Rejected: a slot for an observer in `Watcher`. It measures with the clock of its host and what its options ask for,
 * and each poll would ask twice; and an executor that nobody watches would need a `Watcher` all the same.
 */
export class RecordingWatch implements Watch {
  /** Who watches beside. */
  readonly inner: Watch | undefined;
  readonly #observer: Observer;
  readonly #runner: Runner;
  readonly #parking: Parking;
  /** Whose poll runs. */
  #task: Task<unknown> | undefined;
  #endedMs = 0;
  /** Whether nothing has happened since a poll ended then. */
  #isStraight = false;
  /** How many polls there are of which it is not known yet how they ended. */
  #unknown = 0;
  #isIdle = false;
  #isParked = false;
  #isOver = false;
  /** What the tasks have of us: emptied at the end, for a task may live long, and the arena is large. */
  readonly #follower: Follower = { by: this };

  constructor(runner: Runner, observer: Observer, parking: Parking, inner: Watch | undefined) {
    this.#runner = runner;
    this.#observer = observer;
    this.#parking = parking;
    this.inner = inner;
  }

  /** Begins with the tasks that are there. One of them may be in the middle of a poll: the one that records. */
  begin(tasks: Iterable<Task<unknown>>): void {
    const me = currentTask();
    const nowMs = performance.now();
    for (const task of tasks) {
      if (isSettled(task)) continue;
      markGuest(task);
      this.#follow(task);
      this.#observer.found(task, nowMs);
      if (task === me) {
        this.#task = task;
        this.#observer.pollBegan(task, this.#runner.queueDepth, nowMs);
        // The poll that runs is not one of ours, so that nobody tells of its end.
        soon(() => this.#stepEnded(task));
      } else if (isWaiting(task)) this.#observer.pollEnded(task, SUSPENDED, nowMs);
    }
    this.#isIdle = this.#runner.isIdle;
    this.#isParked = this.#task === undefined && this.#isIdle;
    if (!this.#isParked) this.#parking.busy += 1;
  }

  /** Tells nothing any more. A thread may end in the middle of the poll in which its task has settled. */
  end(): void {
    if (this.#task !== undefined && isSettled(this.#task)) this.#pollEnded(this.#task);
    this.#isOver = true;
    this.#follower.by = undefined;
  }

  spawned(task: Task<unknown>): void {
    if (this.inner === undefined) markGuest(task);
    else this.inner.spawned(task);
    this.#isStraight = false;
    this.#follow(task);
    if (!isRoot(task)) this.#observer.spawned(task, currentTask());
  }

  ready(task: Task<unknown>): void {
    this.inner?.ready(task);
  }

  woken(task: Task<unknown>): void {
    this.inner?.woken(task);
    const by = currentTask();
    // An async body that runs and is waiting at once gives way: it wakes itself before its step is over.
    if (by === task) this.#observer.pollKnown(task, YIELDED);
    else this.#observer.woken(task, by);
  }

  aborted(task: Task<unknown>): void {
    this.inner?.aborted(task);
    if (!isRoot(task)) this.#observer.aborted(task, currentTask());
  }

  poll(runner: Runner, task: Task<unknown>): AfterPoll {
    if (isSettled(task)) return this.#pollInside(runner, task);
    if (this.#task !== undefined) this.#pollEnded(this.#task);
    this.#task = task;
    const beganMs = this.#isStraight ? this.#endedMs : performance.now();
    this.#observer.pollBegan(task, runner.queueDepth, beganMs);
    let after: AfterPoll = NEXT;
    try {
      after = this.#pollInside(runner, task);
    } finally {
      if (after !== HOP) this.#pollEnded(task);
    }
    if (after === HOP) soon(() => this.#stepEnded(task));
    // The body goes on after its await, if that is of others, before the next poll begins.
    if (after !== NEXT) this.#isStraight = false;
    return after;
  }

  idle(): void {
    this.inner?.idle();
    this.#isIdle = true;
    this.#parkIfIdle();
  }

  turn(): void {
    this.#isIdle = false;
    this.#isStraight = false;
    if (this.#isParked) {
      this.#isParked = false;
      if (this.#parking.busy === 0) this.#observer.unparked();
      this.#parking.busy += 1;
    }
    this.inner?.turn();
  }

  #pollInside(runner: Runner, task: Task<unknown>): AfterPoll {
    return this.inner === undefined ? poll(runner, task) : this.inner.poll(runner, task);
  }

  #stepEnded(task: Task<unknown>): void {
    if (this.#isOver) return;
    if (this.#task === task) this.#pollEnded(task);
    this.#isStraight = false;
    this.#parkIfIdle();
  }

  #pollEnded(task: Task<unknown>): void {
    this.#task = undefined;
    const nowMs = performance.now();
    this.#endedMs = nowMs;
    this.#isStraight = true;
    if (isSettled(task)) this.#observer.pollEnded(task, SETTLED, nowMs);
    else if (!isWaiting(task)) this.#observer.pollEnded(task, YIELDED, nowMs);
    else if (!(task.body instanceof AsyncBody) || task.body.isParked) {
      this.#observer.pollEnded(task, SUSPENDED, nowMs);
    } else this.#endLater(task, nowMs);
  }

  /** The body has run, and comes to its await, or to its end, in the microtask that it has asked for before us. */
  #endLater(task: Task<unknown>, nowMs: number): void {
    this.#observer.pollEnded(task, LATER, nowMs);
    this.#unknown += 1;
    soon(() => {
      this.#unknown -= 1;
      this.#isStraight = false;
      const { body } = task;
      if (isWaiting(task) && body instanceof AsyncBody && body.isParked && !this.#isOver) {
        this.#observer.pollKnown(task, SUSPENDED);
      }
      this.#parkIfIdle();
    });
  }

  /** Calls the observer when the task has settled. */
  #follow(task: Task<unknown>): void {
    const attributes = task.withAttributes();
    const isFirst = attributes.followed === undefined;
    attributes.followed = this.#follower;
    if (!isFirst) return;
    task.afterwards(() => {
      const by = attributes.followed?.by;
      if (by instanceof RecordingWatch) by.#settled(task);
    });
  }

  #settled(task: Task<unknown>): void {
    if (isRoot(task)) this.#observer.pollKnown(task, SETTLED);
    else this.#observer.settled(task);
  }

  #parkIfIdle(): void {
    if (!this.#isIdle || this.#isParked || this.#isOver) return;
    // While the body of an async task runs, the thread is not given up yet.
    if (this.#task !== undefined || this.#unknown > 0 || !this.#runner.isIdle) return;
    this.#isParked = true;
    this.#parking.busy -= 1;
    if (this.#parking.busy === 0) this.#observer.parked();
  }
}

/** The task of a job: its spawn and its end are told by who spawned the thread. */
function isRoot({ attributes }: Task<unknown>): boolean {
  return attributes?.isRoot === true;
}

/** How many executors of a thread have something to do. The thread is given to the event loop when none has. */
export interface Parking {
  busy: number;
}
