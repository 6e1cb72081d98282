import type { TaskEnd } from '../../trace/trace-event.js';
import { wereParallel } from './parallel.js';
import type { SeenRun, Shown } from './seen-run.js';
import type { SeenTask } from './seen-task.js';
import { TaskExpectation } from './task-expectation.js';

/**
 * What can be expected of several tasks. Each throws a `TraceAssertionError` where it is not so, and gives itself else.
 *
 * @example
 * const recording = record();
 * await task.builder({ name: 'hello' }).spawn(function* () {});
 * await task.builder({ name: 'goodbye' }).spawn(function* () {});
 * expectTrace(recording.stop()).tasks('hello', 'goodbye').runOneAfterAnother().settledWith('value');
 */
export class TasksExpectation {
  readonly #seen: SeenRun;
  readonly #tasks: readonly SeenTask[];

  constructor(seen: SeenRun, tasks: readonly SeenTask[]) {
    this.#seen = seen;
    this.#tasks = tasks;
  }

  /**
   * Every two of them were under way at once: each had its first poll before the other settled. That is concurrency:
   * one thread is enough for it.
   */
  overlap(): this {
    return this.#eachTwo(
      'to overlap',
      (one, other) => notPolled(one, other) ?? beganAfter(one, other) ?? beganAfter(other, one),
    );
  }

  /** No two of them were under way at once: each had settled before the next was polled first. */
  runOneAfterAnother(): this {
    this.#eachTwo(ONE_AFTER_ANOTHER, (one, other) => {
      if (beganAfter(one, other) !== undefined || beganAfter(other, one) !== undefined) return undefined;
      const lazy = notPolled(one, other);
      if (lazy !== undefined) return lazy;
      return this.#seen.fail(
        this.#expected(ONE_AFTER_ANOTHER),
        `${one.text} and ${other.text} were under way at once`,
        this.#shown,
      );
    });
    this.#seen.checkComplete(this.#expected(ONE_AFTER_ANOTHER), this.#shown);
    return this;
  }

  /**
   * Every two of them were polled at one moment: on two threads, and on two CPUs where the kernel was watched exactly.
   * That is parallelism: a machine with one CPU has none.
   */
  runInParallel(): this {
    return this.#eachTwo('to run in parallel', (one, other) => {
      if (wereParallel(one.lane, other.lane)) return undefined;
      return `${one.text} and ${other.text} were never polled at one moment`;
    });
  }

  /** All of them settled so. */
  settledWith(end: TaskEnd): this {
    for (const task of this.#tasks) new TaskExpectation(this.#seen, task).settledWith(end);
    return this;
  }

  /** What `wrong` gives is what was not found of two of them. */
  #eachTwo(what: string, wrong: (one: SeenTask, other: SeenTask) => string | undefined): this {
    if (this.#tasks.length < 2) this.#seen.notFound(this.#expected(what), 'that takes two', this.#shown);
    for (const [at, one] of this.#tasks.entries()) {
      for (const other of this.#tasks.slice(at + 1)) {
        const seen = wrong(one, other);
        if (seen !== undefined) this.#seen.notFound(this.#expected(what), seen, this.#shown);
      }
    }
    return this;
  }

  #expected(what: string): string {
    return `${this.#tasks.map(({ text }) => text).join(' and ')} ${what}`;
  }

  get #shown(): Shown {
    return { tasks: this.#tasks.map(({ lane }) => lane) };
  }
}

const ONE_AFTER_ANOTHER = 'to run one after another';

function notPolled(...tasks: readonly SeenTask[]): string | undefined {
  const lazy = tasks.find(({ firstPolled }) => firstPolled === undefined);
  return lazy === undefined ? undefined : `${lazy.text} was not polled`;
}

function beganAfter(one: SeenTask, other: SeenTask): string | undefined {
  if (one.firstPolled === undefined || other.settled === undefined || one.firstPolled < other.settled)
    return undefined;
  return `${other.text} had settled before ${one.text} was first polled`;
}
