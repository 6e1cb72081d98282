import { checkCount } from '../../base/check-count.js';
import { checkFiniteMs } from '../../base/check-ms.js';
import { durationText } from '../../trace/duration-text.js';
import type { TaskSlice, TaskState } from '../../trace/picture/picture.js';
import { exactThreads, pollCpuNs } from '../../trace/picture/poll-cpu.js';
import { sharedNs, slicesWithin } from '../../trace/picture/slice-at.js';
import type { TaskEnd } from '../../trace/trace-event.js';
import type { SeenRun, Shown } from './seen-run.js';
import type { SeenTask } from './seen-task.js';

/**
 * What can be expected of one task. Each throws a `TraceAssertionError` where it is not so, and gives itself else.
 *
 * @example
 * const recording = record();
 * await task.builder({ name: 'hello' }).spawn(function* () {});
 * expectTrace(recording.stop()).task('hello').settledWith('value').polledTimes(1).neverPolledLongerThan(1_000);
 */
export class TaskExpectation {
  readonly #seen: SeenRun;
  readonly #task: SeenTask;

  constructor(seen: SeenRun, task: SeenTask) {
    this.#seen = seen;
    this.#task = task;
  }

  /** It settled so: `'value'`, `'panic'`, `'cancelled'` or `'crash'`. */
  settledWith(end: TaskEnd): this {
    const { lane, text } = this.#task;
    const expected = `${text} to settle with ${end}`;
    if (lane.end === undefined) this.#seen.notFound(expected, 'it has not settled', this.#shown);
    if (lane.end !== end) this.#fail(expected, `it ended with ${lane.end}`);
    return this;
  }

  /** Its first poll came before the other one's, which may not have come at all. */
  firstPolledBefore(nameOrKey: string): this {
    return this.#before('firstPolled', 'firstPolledBefore', nameOrKey, 'was not polled');
  }

  /** It settled before the other one did, which may not have settled at all. */
  settledBefore(nameOrKey: string): this {
    return this.#before('settled', 'settledBefore', nameOrKey, 'has not settled');
  }

  /** It had so many polls. Exact of generator tasks. */
  polledTimes(times: number): this {
    checkCount('polledTimes', 'times', times, 0);
    const { lane, text } = this.#task;
    const expected = `${text} to be polled ${times} times`;
    this.#seen.checkComplete(expected, this.#shown);
    if (lane.polls !== times) this.#fail(expected, `there were ${lane.polls} polls`);
    return this;
  }

  /**
   * None of its polls took longer than so many milliseconds: of a CPU's time where the kernel was watched exactly, so
   * that other programs do not count; by the clock elsewhere.
   */
  neverPolledLongerThan(ms: number): this {
    checkFiniteMs('neverPolledLongerThan', 'ms', ms);
    const expected = `${this.#task.text} never to be polled for longer than ${durationText(ms * 1e6)}`;
    const isExact = this.#isExact;
    const longer = this.#slices('polled').filter(
      (poll) => (isExact ? pollCpuNs(poll) : lengthOf(poll)) > ms * 1e6,
    );
    const seen = longer.find(({ end }) => end !== 'unseen');
    if (seen !== undefined) this.#fail(expected, `one poll took ${tookText(seen, isExact)}`);
    if (longer[0] !== undefined) {
      const most = durationText(lengthOf(longer[0]));
      this.#seen.cannotSay(
        expected,
        `an await of no operation of ours hid where a poll ended, of ${most} at most`,
        this.#shown,
      );
    }
    this.#seen.checkComplete(expected, this.#shown);
    return this;
  }

  /**
   * It was never ready for longer than so many milliseconds without being polled. Time for which its thread had no CPU
   * is the kernel's and does not count, where it was seen.
   */
  neverReadyLongerThan(ms: number): this {
    checkFiniteMs('neverReadyLongerThan', 'ms', ms);
    const expected = `${this.#task.text} never to be ready for longer than ${durationText(ms * 1e6)}`;
    const late = this.#slices('ready').find((slice) => this.#readyNs(slice) > ms * 1e6);
    if (late !== undefined) this.#fail(expected, `it was for ${durationText(this.#readyNs(late))}`);
    this.#seen.checkComplete(expected, this.#shown);
    return this;
  }

  /** How long a task was ready on a thread that had a CPU to poll it. */
  #readyNs(ready: TaskSlice): number {
    const thread = this.#seen.picture.threads.find((lane) => lane.thread === this.#task.lane.thread);
    let ns = lengthOf(ready);
    for (const slice of slicesWithin(thread?.slices ?? [], ready)) {
      if (slice.state === 'runnable') ns -= sharedNs(slice, ready);
    }
    return ns;
  }

  #before(moment: 'firstPolled' | 'settled', caller: string, nameOrKey: string, never: string): this {
    const other = this.#seen.taskOf(caller, nameOrKey);
    const { [moment]: mine, text } = this.#task;
    const expected = `${text} to be ${moment === 'settled' ? 'settled' : 'first polled'} before ${other.text}`;
    const shown = { tasks: [this.#task.lane, other.lane] };
    this.#seen.checkComplete(expected, shown);
    if (mine === undefined) this.#seen.fail(expected, `it ${never}`, shown);
    if (mine > (other[moment] ?? Number.POSITIVE_INFINITY))
      this.#seen.fail(expected, 'it was after it', shown);
    return this;
  }

  #slices(state: TaskState): readonly TaskSlice[] {
    return this.#task.lane.slices.filter((slice) => slice.state === state);
  }

  get #isExact(): boolean {
    return exactThreads(this.#seen.picture).has(this.#task.lane.thread);
  }

  get #shown(): Shown {
    return { tasks: [this.#task.lane] };
  }

  #fail(expected: string, seen: string): never {
    this.#seen.fail(expected, seen, this.#shown);
  }
}

function lengthOf({ fromNs, toNs }: TaskSlice): number {
  return toNs - fromNs;
}

function tookText(poll: TaskSlice, isExact: boolean): string {
  return isExact
    ? `${durationText(pollCpuNs(poll))} of a CPU`
    : `${durationText(lengthOf(poll))} by the clock`;
}
