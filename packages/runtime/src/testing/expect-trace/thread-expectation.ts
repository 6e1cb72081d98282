import { checkCount } from '../../base/check-count.js';
import { checkFiniteMs } from '../../base/check-ms.js';
import { debugQuote } from '../../base/printable.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { durationText } from '../../trace/duration-text.js';
import type { ThreadLane } from '../../trace/picture/picture.js';
import type { SeenRun } from './seen-run.js';

/**
 * What can be expected of one OS thread, from what the kernel did with it. Each throws a `TraceAssertionError` where it
 * is not so, or where the kernel was not watched, and gives itself else.
 *
 * @example
 * const run = record().stop();
 * try {
 *   expectTrace(run).thread('main').asleepAtLeast(0.8);
 * } catch (unseen) {
 *   console.log((unseen as TraceAssertionError).kind); // unseen: the kernel was not asked
 * }
 */
export class ThreadExpectation {
  readonly #seen: SeenRun;
  readonly #thread: ThreadLane;

  constructor(seen: SeenRun, thread: ThreadLane) {
    this.#seen = seen;
    this.#thread = thread;
  }

  /** It wanted no CPU for this part of its life, from 0 to 1: it waited, and did not spin. */
  asleepAtLeast(share: number): this {
    checkShare('asleepAtLeast', share);
    const expected = `${this.#name} to be asleep for ${percent(share)} of its life`;
    const asleep = this.#share(expected);
    if (asleep < share) this.#fail(expected, `it was for ${percent(asleep)}`);
    return this;
  }

  /** It had a CPU for no more than so many milliseconds, all together. */
  ranAtMost(ms: number): this {
    checkFiniteMs('ranAtMost', 'ms', ms);
    const expected = `${this.#name} to run for ${durationText(ms * 1e6)} at most`;
    const runNs = this.#counted(expected, this.#thread.runNs);
    if (runNs > ms * 1e6) this.#fail(expected, `it did for ${durationText(runNs)}`);
    return this;
  }

  /** The kernel took its CPU away at least so often while it wanted to go on. */
  preemptedAtLeast(times: number): this {
    checkCount('preemptedAtLeast', 'times', times, 0);
    const expected = `${this.#name} to be preempted ${times} times or more`;
    const preemptions = this.#counted(expected, this.#thread.preemptions);
    if (preemptions < times) this.#fail(expected, `it was ${preemptions} times`);
    return this;
  }

  get #name(): string {
    return `thread ${debugQuote(this.#thread.name)}`;
  }

  /** How much of its life it was asleep, from what it did or from what was counted. */
  #share(expected: string): number {
    const { slices, bands, runNs, runnableNs } = this.#thread;
    const lane = slices.length > 0 ? slices : bands;
    const ns = (lane.at(-1)?.toNs ?? 0) - (lane[0]?.fromNs ?? 0);
    if (ns <= 0) return this.#counted(expected, undefined);
    return Math.max(0, 1 - ((runNs ?? 0) + (runnableNs ?? 0)) / ns);
  }

  #counted(expected: string, count: number | undefined): number {
    const { run } = this.#seen;
    if (count === undefined) {
      const why =
        run.level === 'process'
          ? (run.levelBecause ?? 'the kernel was not asked')
          : 'the kernel did not see it';
      this.#seen.cannotSay(expected, why, { threads: [this.#thread] });
    }
    if (run.lost.kernel > 0) {
      this.#seen.cannotSay(expected, `${run.lost.kernel} events of the kernel were lost`, {
        threads: [this.#thread],
      });
    }
    return count;
  }

  #fail(expected: string, seen: string): never {
    this.#seen.fail(expected, seen, { threads: [this.#thread] });
  }
}

function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

function checkShare(caller: string, share: unknown): asserts share is number {
  if (typeof share === 'number' && share >= 0 && share <= 1) return;
  const message = `${caller}: share must be a number from 0 to 1, got ${safeInspect(share, 100)}`;
  throw typeof share === 'number' ? new RangeError(message) : new TypeError(message);
}
