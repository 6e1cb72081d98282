import { seededRandom } from '../../base/seeded-random.js';
import type { Suspension } from '../../base/suspension.js';
import { AsyncBody } from '../../executor/async-body.js';
import { Executor } from '../../executor/executor.js';
import { current } from '../../task/current.js';
import { isAborted, isSettled } from '../../task/state.js';
import { numberTasksFrom, type Task } from '../../task/task.js';
import { ExploredHost } from './explored-host.js';
import type { ScheduleFailure } from './schedule-error.js';
import { SeededPolicy } from './seeded-policy.js';
import { nameOf, type Transcript } from './transcript.js';

/** A program to explore: the body of its first task, which `explore` calls anew for each schedule. */
export type ExploredProgram = () => Generator<Suspension, unknown, unknown>;

/** What a schedule may do before it counts as failed. */
export interface ScheduleLimits {
  readonly maxPolls: number;
  readonly allowPanics: boolean;
}

/** How a schedule ended. */
export interface ScheduleEnd {
  readonly failure: ScheduleFailure | undefined;
  readonly polls: number;
}

/**
 * Runs one schedule from its first poll to its end, in this one call.
 *
 * What is being polled around it, if anything, finds its own state unchanged. Tasks are numbered from 1, so that
 * their names and every message with a number in it are the same each time.
 */
export function runSchedule(
  program: ExploredProgram,
  seed: number,
  limits: ScheduleLimits,
  transcript?: Transcript,
): ScheduleEnd {
  const { task, branch, calling, budget, leaving } = current;
  Object.assign(current, { task: null, branch: null, calling: false, leaving: null });
  const nextId = numberTasksFrom(1);
  try {
    return new Schedule(program, seed, limits, transcript).run();
  } finally {
    numberTasksFrom(nextId);
    Object.assign(current, { task, branch, calling, budget, leaving });
  }
}

type AnyTask = Task<unknown>;

/** How often, in a schedule as a whole, the clock goes on although a task is ready. A timer may be late, never early. */
const LATENESS = [0, 0.1, 0.4];

class Schedule {
  readonly #limits: ScheduleLimits;
  readonly #transcript: Transcript | undefined;
  readonly #random: () => number;
  readonly #lateness: number;
  readonly #host = new ExploredHost();
  readonly #policy: SeededPolicy;
  readonly #executor: Executor;
  readonly #alive = new Set<AnyTask>();
  readonly #root: AnyTask;
  #polls = 0;
  #ending = false;
  #failure: ScheduleFailure | undefined;

  constructor(
    program: ExploredProgram,
    seed: number,
    limits: ScheduleLimits,
    transcript: Transcript | undefined,
  ) {
    this.#limits = limits;
    this.#transcript = transcript;
    this.#random = seededRandom(seed);
    this.#lateness = LATENESS[Math.floor(this.#random() * LATENESS.length)] as number;
    this.#policy = new SeededPolicy(this.#random, {
      spawned: (task) => this.#spawned(task),
      woken: (task) => this.#transcript?.woken(task),
    });
    // With one poll a turn, whatever is decided here is decided between any two polls.
    this.#executor = new Executor({
      host: this.#host,
      policy: this.#policy,
      eventInterval: 1,
      turnBudgetMs: Number.POSITIVE_INFINITY,
      debug: false,
      random: this.#random,
    });
    this.#root = this.#executor.spawn(program, undefined, { name: 'program' });
  }

  run(): ScheduleEnd {
    while (this.#failure === undefined && this.#goOn());
    return { failure: this.#failure, polls: this.#polls };
  }

  /** One poll or one step of the clock. Answers `false` when nothing is left to do. */
  #goOn(): boolean {
    if (this.#policy.size > 0 && this.#host.hasTimer && this.#random() < this.#lateness) this.#advance();
    this.#policy.last = undefined;
    if (this.#host.turn()) {
      if (this.#policy.last !== undefined) this.#polled(this.#policy.last);
      return true;
    }
    if (this.#host.hasTimer) {
      this.#advance();
      return true;
    }
    if (this.#alive.size > 0) this.#failure = { kind: 'deadlock', text: this.#deadlock() };
    return false;
  }

  #advance(): void {
    do this.#host.advance();
    while (this.#host.hasTimer && this.#random() < this.#lateness);
    this.#transcript?.clock(this.#host.now());
  }

  #spawned(task: AnyTask): void {
    // Its panic ends the schedule, and is reported there.
    task.withAttributes().unreported = true;
    this.#alive.add(task);
    this.#transcript?.spawned(task);
  }

  #polled(task: AnyTask): void {
    this.#polls += 1;
    this.#transcript?.polled(task);
    this.#refuseAsync(task);
    if (isSettled(task)) this.#settled(task);
    if (this.#ending) for (const left of this.#alive) if (!isAborted(left)) left.abort();
    if (this.#failure === undefined && this.#polls >= this.#limits.maxPolls && this.#alive.size > 0) {
      this.#failure = { kind: 'endless', text: `the program has not ended after ${this.#polls} polls` };
    }
  }

  #settled(task: AnyTask): void {
    this.#alive.delete(task);
    const isRoot = task === this.#root;
    if (task.outcome?.ok === false) {
      const { error } = task.outcome;
      const text = `${nameOf(task)} ${error.message.replace(/^task \d+ /, '')}`;
      if (isRoot || (error.isPanic() && !this.#limits.allowPanics)) {
        this.#failure = { kind: 'panic', text, cause: error.cause };
      }
    }
    if (!isRoot || this.#failure !== undefined) return;
    this.#ending = true;
    if (this.#alive.size > 0)
      this.#transcript?.note('the program has ended, and what is left of it is aborted');
  }

  /** Throws for what a seed cannot decide: an order that is JavaScript's own. */
  #refuseAsync(task: AnyTask): void {
    if (task.body instanceof AsyncBody) throw new TypeError(`explore: ${nameOf(task)} ${ASYNC}`);
    if (this.#executor.promisesAwaited > 0) throw new TypeError(`explore: ${nameOf(task)} ${PROMISE}`);
  }

  #deadlock(): string {
    const waiting = [...this.#alive].map((task) => {
      const wait = this.#transcript?.waitOf(task) ?? `waits for ${task.waitsFor?.what}`;
      return `\n  ${nameOf(task)} ${wait}`;
    });
    const tasks = waiting.length === 1 ? '1 task waits' : `${waiting.length} tasks wait`;
    return `${tasks}, and nothing is left that could wake ${waiting.length === 1 ? 'it' : 'them'}:${waiting.join('')}`;
  }
}

const ASYNC =
  'is async, so JavaScript orders its steps and no seed can. Make it a generator function: function* and yield*.';
const PROMISE =
  'waits for a promise, which settles when JavaScript says so and not when a seed does. Use a channel or a sleep in its place.';
