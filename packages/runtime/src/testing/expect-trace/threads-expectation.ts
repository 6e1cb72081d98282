import { checkCount } from '../../base/check-count.js';
import { debugQuote } from '../../base/printable.js';
import { listOf, type SeenRun } from './seen-run.js';
import type { SeenTask } from './seen-task.js';

/**
 * What can be expected of the threads that polled tasks. Each gives those threads again of which it is true.
 *
 * @example
 * const recording = record();
 * await task.builder({ name: 'hello' }).spawn(function* () {});
 * expectTrace(recording.stop()).threads().ran('hello').distinct(1);
 */
export class ThreadsExpectation {
  readonly #seen: SeenRun;
  readonly #tasks: readonly SeenTask[];

  constructor(seen: SeenRun, tasks: readonly SeenTask[] = seen.tasks) {
    this.#seen = seen;
    this.#tasks = tasks;
  }

  /** Some of them polled a task of this name, or of this key. What follows is about those. */
  ran(nameOrKey: string): ThreadsExpectation {
    const named = this.#seen.tasksOf('ran', nameOrKey);
    const ran = this.#tasks.filter((task) => named.includes(task) && task.polledOn.size > 0);
    if (ran.length > 0) return new ThreadsExpectation(this.#seen, ran);
    const shown = { tasks: named.map(({ lane }) => lane) };
    return this.#seen.notFound(`a thread to run ${debugQuote(nameOrKey)}`, 'none of them polled it', shown);
  }

  /** They are so many, each an OS thread of its own. */
  distinct(count: number): this {
    checkCount('distinct', 'count', count, 0);
    const places = new Set(this.#tasks.flatMap(({ polledOn }) => [...polledOn]));
    const expected = `${count} distinct threads`;
    const shown = { tasks: this.#tasks.map(({ lane }) => lane) };
    // More than were expected are there, whatever was lost.
    if (places.size < count) this.#seen.checkComplete(expected, shown);
    if (places.size !== count) {
      const threads = this.#seen.picture.threads.filter(
        ({ thread }) => thread !== undefined && places.has(thread),
      );
      const names = threads.map(({ name }) => debugQuote(name));
      this.#seen.fail(expected, `there were ${places.size}: ${listOf(names)}`, shown);
    }
    this.#seen.checkComplete(expected, shown);
    return this;
  }
}
