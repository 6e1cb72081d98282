import { safeInspect } from '../../base/safe-inspect.js';
import type { Trace, TraceRun } from '../../trace/trace.js';
import { checkNoneAlive } from './check-none-alive.js';
import { checkOrder, type TraceStep } from './check-order.js';
import { SeenRun } from './seen-run.js';
import { TaskExpectation } from './task-expectation.js';
import { TasksExpectation } from './tasks-expectation.js';
import { ThreadExpectation } from './thread-expectation.js';
import { ThreadsExpectation } from './threads-expectation.js';

/**
 * Makes assertions about how a program ran, and not only about what came out: from a recording of it, or one run of one.
 *
 * An assertion that does not hold throws a `TraceAssertionError`, which any test runner shows, with the lanes of those
 * that it is about. One that the recording cannot answer, because events were lost or the kernel was not watched,
 * throws too and says so. Tasks are named by their name or by their key, `'0:3'`.
 *
 * What is asked of tasks is answered by the order of events, and exactly: on a runtime with a `ManualHost` the answer
 * is the same each time. What is asked of threads is answered by CPU time and counters, which other programs on the
 * machine change little.
 *
 * Throws a `TypeError` for what is no recording, and for a recording of several runs: give it the run.
 *
 * @example
 * const half = function* () {
 *   yield* yieldNow();
 * };
 * const recording = record();
 * const one = task.builder({ name: 'one' }).spawn(half);
 * const two = task.builder({ name: 'two' }).spawn(half);
 * await join(one, two);
 * expectTrace(recording.stop())
 *   .order('spawn:one', 'spawn:two', 'settle:one', 'settle:two')
 *   .tasks('one', 'two')
 *   .overlap();
 */
export function expectTrace(trace: Trace | TraceRun): TraceExpectation {
  return new TraceExpectation(new SeenRun(runIn(trace)));
}

/**
 * What can be expected of a recording. What asserts gives the same again, so that one goes on with the next.
 *
 * @example
 * const recording = record();
 * await task.builder({ name: 'hello' }).spawn(function* () {});
 * expectTrace(recording.stop()).order('spawn:hello', 'poll:hello', 'settle:hello');
 */
export class TraceExpectation {
  readonly #seen: SeenRun;

  constructor(seen: SeenRun) {
    this.#seen = seen;
  }

  /** About the one task of this name or key. */
  task(nameOrKey: string): TaskExpectation {
    return new TaskExpectation(this.#seen, this.#seen.taskOf('task', nameOrKey));
  }

  /** About all tasks of these names and keys: several may have one name. */
  tasks(...namesOrKeys: readonly string[]): TasksExpectation {
    if (namesOrKeys.length === 0) throw new TypeError('tasks: expected the names of tasks, got none');
    const tasks = namesOrKeys.flatMap((name) => this.#seen.tasksOf('tasks', name));
    return new TasksExpectation(this.#seen, [...new Set(tasks)]);
  }

  /** About the OS thread of this name. */
  thread(name: string): ThreadExpectation {
    return new ThreadExpectation(this.#seen, this.#seen.threadOf('thread', name));
  }

  /** About the threads that polled tasks. */
  threads(): ThreadsExpectation {
    return new ThreadsExpectation(this.#seen);
  }

  /**
   * These steps happened in this order, with whatever else between them: `'spawn:a'`, `'poll:a'`, `'wake:a'`,
   * `'abort:a'`, `'settle:a'`, `'mark:name'`. The first `'poll:a'` is its first poll, the next its second.
   */
  order(...steps: readonly TraceStep[]): this {
    if (steps.length === 0) throw new TypeError("order: expected steps such as 'spawn:name', got none");
    checkOrder(this.#seen, steps);
    return this;
  }

  /**
   * At the first mark of this name, no task was alive that the task which made it had spawned, itself or through
   * others: what `scope` promises. Where no task made it, none was alive at all.
   */
  noTaskAliveAfter(mark: string): this {
    checkNoneAlive(this.#seen, mark);
    return this;
  }
}

function runIn(trace: unknown): TraceRun {
  const { runs, events } = Object(trace) as { readonly runs?: unknown; readonly events?: unknown };
  if (Array.isArray(events)) return trace as TraceRun;
  if (!Array.isArray(runs)) {
    throw new TypeError(`expectTrace: expected a recording or a run of one, got ${safeInspect(trace, 100)}`);
  }
  if (runs.length === 1) return runs[0] as TraceRun;
  throw new TypeError(
    `expectTrace: the recording has ${runs.length} runs; give it the one that is meant, trace.runs[0]`,
  );
}
