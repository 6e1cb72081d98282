/** What a schedule failed with. */
export type ScheduleFailureKind = 'panic' | 'deadlock' | 'endless';

/**
 * A schedule in which the program fails: what `explore` throws, and `explore.replay` gives.
 *
 * Its message has the seed, what went wrong and the transcript: the end of it, where it is long.
 *
 * @example
 * try {
 *   explore(function* () {
 *     yield* oneshot<void>()[1].recv();
 *     yield* new Semaphore(0).acquire();
 *   });
 * } catch (error) {
 *   if (error instanceof ScheduleError) console.log(error.kind, error.seed);
 * }
 */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
  /**
   * `'panic'`: a task threw; `cause` is what. `'deadlock'`: tasks wait, none is ready and no timer is set.
   * `'endless'`: `maxPolls` polls were not enough.
   */
  readonly kind: ScheduleFailureKind;
  /** What to give to `explore.replay` for the same schedule. */
  readonly seed: number;
  /** All that happened, one line for each poll and each step of the clock. */
  readonly transcript: string;

  constructor(failure: ScheduleFailure, seed: number, transcript: string) {
    super(`with seed ${seed}, ${failure.text}\n\n${endOf(transcript)}\n`, { cause: failure.cause });
    this.kind = failure.kind;
    this.seed = seed;
    this.transcript = transcript;
  }
}

/** The same before it has a transcript. */
export interface ScheduleFailure {
  readonly kind: ScheduleFailureKind;
  /** What went wrong, as the end of a sentence. */
  readonly text: string;
  readonly cause?: unknown;
}

const MOST_LINES = 100;

function endOf(transcript: string): string {
  const lines = transcript.split('\n');
  if (lines.length <= MOST_LINES) return transcript;
  return [`… ${lines.length - MOST_LINES} lines before`, ...lines.slice(-MOST_LINES)].join('\n');
}
