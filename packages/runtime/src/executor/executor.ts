import { RuntimeBug } from '../base/runtime-bug.js';
import { soon } from '../base/soon.js';
import type { ListedPolicy } from '../scheduler/policy.js';
import { current } from '../task/current.js';
import { ABANDON_AFTER_MS, REFUSALS } from '../task/patience.js';
import { isSettled, isStarted, markGuest, resumeOrdinary, suspend } from '../task/state.js';
import { Task, type TaskOwner } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { clean, isStained, runBlank } from './blank.js';
import './branch-body.js';
import { Clock } from './clock.js';
import { captureContext } from './context.js';
import { resumeGenerator } from './generator-body.js';
import type { Host } from './host.js';
import { endAbandoned, endCancelled, SWALLOWED } from './outcome.js';
import { abortBody, isAsync, poll } from './poll.js';
import { refusedTask } from './refused-task.js';
import { BEGUN, HOP, NEXT, type Runner, type Watch } from './runner.js';
import type { StoppedTime } from './stopped-time.js';
import { TaskList } from './task-list.js';
import { Timers } from './timers.js';

/** How an executor divides the thread between its tasks and the event loop. */
export interface ExecutorOptions {
  readonly host: Host;
  readonly policy: ListedPolicy;
  /** After how many polls a turn ends. */
  readonly eventInterval: number;
  /** After how many milliseconds a turn ends. The clock is read every 16 polls. */
  readonly turnBudgetMs: number;
  /** Whether each spawn notes where it was called. */
  readonly debug: boolean;
  /** Who is told of everything, and polls; nobody by default. */
  readonly watch?: Watch;
  /** Gives the numbers from 0 to 1 by which choices are made. */
  readonly random: () => number;
}

/** How many polls go by between two looks at the clock, less one. A look costs 35 ns, a poll can cost 25. */
const CLOCK_MASK = 15;
const LIFO_IN_A_ROW = 3;

/**
 * The task that was just woken, which runs next, and how many in a row came from here. Made anew for each visit of the
 * event loop: while it is as young as its tasks, the collector need not be told of each.
 */
class LifoSlot {
  task: Task<unknown> | undefined;
  runs: number;

  constructor(task: Task<unknown> | undefined, runs: number) {
    this.task = task;
    this.runs = runs;
  }
}

/**
 * Runs tasks on this thread: takes the next one from its policy, polls it, and does so again.
 *
 * A turn goes on until the queue is empty, `eventInterval` polls were made or `turnBudgetMs` went by; then
 * Node's event loop serves timers and I/O, and the next turn begins. Polls and time are counted from one
 * visit of the event loop to the next, however many turns that are: async tasks make an executor idle between
 * any two of their polls, and would otherwise keep Node from its timers for ever.
 *
 * After a poll that gave something to an async body the turn pauses for one microtask, in which that body runs. It
 * comes to its next await in the microtask after that: until then only async tasks are polled, whose bodies run later
 * still. Without this a generator that only yields would have the rest of the turn to itself.
 *
 * A turn runs in a blank context, so that a task without a store never sees the store of whoever spawned the
 * task before it.
 */
export class Executor implements TaskOwner, Runner {
  readonly host: Host;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What moves the clock while it is stopped. */
  stopped: StoppedTime | undefined;
  promisesAwaited = 0;
  readonly debug: boolean;
  watch: Watch | undefined;
  /** Whether a spawn is more than a spawn: its place is noted, or somebody is told. */
  notesSpawns: boolean;
  readonly random: () => number;
  readonly #begun = new TaskList();
  readonly #policy: ListedPolicy;
  readonly #dropping = new Set<Task<unknown>>();
  readonly #eventInterval: number;
  readonly #turnBudgetMs: number;
  #slot = new LifoSlot(undefined, 0);
  #scheduled = false;
  #polling = false;
  #pollsBefore = 0;
  #pollsLeft: number;
  #turnEndsMs = 0;
  #freshTurn = true;
  /** Whether an async body has run and is about to come to its await. */
  #owed = false;
  #closedBecause: string | undefined;

  /** How many turns, pauses with nothing to poll, spawned, settled and abandoned tasks there were. */
  turns = 0;
  idles = 1;
  forcedYields = 0;
  spawned = 0;
  settled = 0;
  abandoned = 0;
  /** How many aborted tasks were taken out of the queue without a poll. */
  dropped = 0;
  /** When this turn began, in whole milliseconds on the host's clock: cheap enough to note at every suspend. */
  stampMs = 0;

  constructor(options: ExecutorOptions) {
    this.host = options.host;
    this.clock = new Clock(options.host);
    this.timers = new Timers(options.host, this.clock, () => this.stopped?.look());
    this.debug = options.debug;
    this.watch = options.watch;
    this.notesSpawns = options.debug || options.watch !== undefined;
    this.random = options.random;
    this.#policy = options.policy;
    this.#eventInterval = options.eventInterval;
    this.#pollsLeft = options.eventInterval;
    this.#turnBudgetMs = options.turnBudgetMs;
  }

  /**
   * Makes a task of `body`, a function or a generator object, and puts it into the queue. `input` is what `inputOf`
   * made of the arguments for it.
   */
  spawn<T>(body: unknown, input: unknown, attributes: TaskAttributes | undefined): Task<T> {
    if (this.#closedBecause !== undefined) return refusedTask<T>(attributes, this.#closedBecause);
    const task = new Task<T>(this, body, attributes, input) as Task<unknown>;
    task.context = captureContext(task);
    this.#policy.push(task);
    this.spawned += 1;
    if (!this.#scheduled) this.#askForTurn();
    return task as Task<T>;
  }

  /** Changes who watches, from now on. Of the tasks that are there, the new watch has to make guests. */
  watchBy(watch: Watch | undefined): void {
    this.watch = watch;
    this.notesSpawns = this.debug || watch !== undefined;
  }

  /** How many polls there were. Counted downwards, which the end of a turn needs anyway. */
  get polls(): number {
    return this.#pollsBefore + this.#eventInterval - this.#pollsLeft;
  }

  /** Takes no more tasks: a spawn gives one that is cancelled, and says why. */
  close(because: string): void {
    this.#closedBecause ??= because;
  }

  get isClosed(): boolean {
    return this.#closedBecause !== undefined;
  }

  /** Whether there is nothing to poll, and nobody has asked for a turn. */
  get isIdle(): boolean {
    return !this.#scheduled;
  }

  get tasksAlive(): number {
    return this.spawned - this.settled;
  }

  get queueDepth(): number {
    return this.#policy.size + (this.#slot.task === undefined ? 0 : 1);
  }

  waitsForPromise(by: 1 | -1): void {
    this.promisesAwaited += by;
    if (by < 0) this.stopped?.look();
  }

  enqueue(task: Task<unknown>): void {
    // First of all, since a policy may throw and have the task all the same.
    if (!this.#scheduled) this.#askForTurn();
    if (this.watch !== undefined) this.watch.woken(task);
    if (this.#polling && this.#policy.lifoSlot) {
      const slot = this.#slot;
      const before = slot.task;
      slot.task = task;
      if (before !== undefined) this.#policy.push(before);
    } else this.#policy.push(task);
  }

  abort(task: Task<unknown>, enqueue: boolean): void {
    if (this.watch !== undefined) this.watch.aborted(task);
    abortBody(task);
    if (enqueue) this.enqueue(task);
    else if (!isStarted(task) && this.#policy.keepsAborted !== true) this.#dropQueued(task);
  }

  /** Ends a task that never began without waiting for its turn, which a policy may put off for long. */
  #dropQueued(task: Task<unknown>): void {
    if (!this.#policy.remove(task)) return;
    this.dropped += 1;
    this.#dropping.add(task);
    this.host.microtask(() => {
      this.#dropping.delete(task);
      endCancelled(task);
    });
  }

  mayWait(task: Task<unknown>): boolean {
    const afterMs = task.attributes?.abandonAfterMs ?? ABANDON_AFTER_MS;
    const toldAtMs = task.attributes?.toldAtMs;
    if (afterMs === false || toldAtMs === undefined || this.host.now() - toldAtMs <= afterMs) return true;
    const attributes = task.withAttributes();
    attributes.refusals = (attributes.refusals ?? 0) + 1;
    if (attributes.refusals > REFUSALS) endAbandoned(this, task, SWALLOWED);
    return false;
  }

  nowMs(): number {
    return this.host.now();
  }

  detach(task: Task<unknown>): void {
    if (!isSettled(task)) task.withAttributes().detached = true;
  }

  forcedYield(): void {
    this.forcedYields += 1;
  }

  begun(task: Task<unknown>): void {
    this.#begun.add(task);
  }

  ended(task: Task<unknown>): void {
    this.settled += 1;
    this.#begun.remove(task);
  }

  /** All tasks that have not settled: those that have begun, then those that stand in the queue for the first time. */
  tasks(): Set<Task<unknown>> {
    const tasks = new Set([...this.#begun.toArray(), ...this.#dropping]);
    const inSlot = this.#slot.task;
    if (inSlot !== undefined && !isSettled(inSlot)) tasks.add(inSlot);
    // In its first poll a task is in neither list.
    if (current.task?.owner === this && !isSettled(current.task)) tasks.add(current.task);
    for (const ready of this.#policy) {
      const task = ready as Task<unknown>;
      if (!isSettled(task)) tasks.add(task);
    }
    return tasks;
  }

  /**
   * Calls `settle` in a microtask of ours, after which a turn may begin at once: nothing of the user's is on the
   * stack, and a microtask of its own would cost as much as the poll.
   */
  settleInMicrotask(settle: () => void): void {
    if (this.#scheduled || this.host.turnInMicrotask === undefined) {
      settle();
      this.stopped?.look();
      return;
    }
    this.#scheduled = true;
    try {
      settle();
    } catch (thrown) {
      this.#askForTurn();
      throw thrown;
    }
    if (this.queueDepth > 0) this.host.turnInMicrotask(this.#turn);
    else {
      this.#scheduled = false;
      this.stopped?.look();
    }
  }

  #askForTurn(): void {
    this.#scheduled = true;
    this.host.microtask(this.#turn);
  }

  readonly #turn = (): void => {
    this.turns += 1;
    const nowMs = this.host.now();
    this.stampMs = nowMs | 0;
    if (this.watch !== undefined) this.watch.turn();
    if (this.#freshTurn) {
      this.#freshTurn = false;
      this.#slot = new LifoSlot(this.#slot.task, this.#slot.runs);
      current.renew();
      this.#pollsBefore = this.polls;
      this.#pollsLeft = this.#eventInterval;
      this.#turnEndsMs = nowMs + this.#turnBudgetMs;
    }
    runBlank(this.#goOn);
  };

  readonly #goOn = (): void => {
    if (this.#polling) throw new RuntimeBug('a turn began inside a poll');
    this.#polling = true;
    let owed = this.#owed;
    this.#owed = false;
    try {
      for (;;) {
        if (this.#pollsLeft <= 0) break;
        if (owed && !this.#isNextAsync()) {
          soon(this.#afterHop);
          return;
        }
        const task = this.#take();
        if (task === undefined) {
          this.#scheduled = false;
          this.idles += 1;
          if (this.watch !== undefined) this.watch.idle();
          this.stopped?.look();
          return;
        }
        this.#pollsLeft -= 1;
        const then = resumeOrdinary(task)
          ? resumeGenerator(this, task)
          : this.watch === undefined
            ? poll(this, task)
            : this.watch.poll(this, task);
        if (isStained()) this.#cleanAfter(task);
        if (then === HOP && suspend(task)) this.#policy.push(task);
        if ((this.#pollsLeft & CLOCK_MASK) === 0 && this.host.now() >= this.#turnEndsMs) break;
        if (then === NEXT) continue;
        // Where nobody else is ready, nobody has to be kept waiting until the body has run.
        if (this.queueDepth === 0) continue;
        if (then === BEGUN) {
          owed = true;
          continue;
        }
        this.#owed = true;
        soon(this.#afterHop);
        return;
      }
    } catch (thrown) {
      // A policy threw, or a host, which is no task's fault: the program is told, and the next turn goes on.
      this.#freshTurn = true;
      this.host.macrotask(this.#turn);
      throw thrown;
    } finally {
      this.#polling = false;
      current.task = null;
    }
    this.#freshTurn = true;
    this.host.macrotask(this.#turn);
  };

  // What `enterWith` set in a poll stays with the task that called it, and reaches nobody else.
  #cleanAfter(task: Task<unknown>): void {
    const context = clean();
    if (isSettled(task)) return;
    task.context = context;
    markGuest(task);
  }

  readonly #afterHop = (): void => runBlank(this.#goOn);

  /**
   * Takes the next task, looks at it, and puts it where it is taken from first. Another policy than ours may choose
   * otherwise when the one that is owed is there, so it is not asked before.
   */
  #isNextAsync(): boolean {
    if (!this.#policy.lifoSlot) return this.#policy.size === 0;
    const task = this.#take();
    if (task === undefined) return true;
    this.#slot.task = task;
    this.#slot.runs -= 1;
    return isAsync(task);
  }

  #take(): Task<unknown> | undefined {
    const slot = this.#slot;
    const { task } = slot;
    if (task !== undefined) {
      slot.task = undefined;
      if (slot.runs < LIFO_IN_A_ROW) {
        slot.runs += 1;
        return task;
      }
      this.#policy.push(task);
    }
    if (slot.runs !== 0) slot.runs = 0;
    return this.#policy.pop() as Task<unknown> | undefined;
  }

  /** Puts a task that suspended back into the queue, behind all others. */
  requeue(task: Task<unknown>): void {
    this.#policy.push(task);
  }
}
