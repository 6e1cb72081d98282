import { checkCount, MOST } from '../../base/check-count.js';
import { checkOptionKeys } from '../../base/check-option-keys.js';
import { isGeneratorFunction } from '../../base/generator.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { type ExploredProgram, runSchedule, type ScheduleEnd, type ScheduleLimits } from './run-schedule.js';
import { ScheduleError } from './schedule-error.js';
import { Transcript } from './transcript.js';

/** What both `explore` and `explore.replay` take. A seed stands for the same schedule only with the same of these. */
export interface ReplayOptions {
  /** After how many polls a schedule counts as endless; 10,000 by default. */
  readonly maxPolls?: number;
  /** Whether a task other than the program's own may panic; by default that fails a schedule, joined or not. */
  readonly allowPanics?: boolean;
}

/** How a program is explored. All may be left out. */
export interface ExploreOptions extends ReplayOptions {
  /** How many schedules; 1,000 by default. */
  readonly seeds?: number;
  /** The seed of the first of them; 0 by default. The others follow it. */
  readonly firstSeed?: number;
}

/** What was done without finding anything. */
export interface Exploration {
  readonly schedules: number;
  readonly polls: number;
}

/** One schedule, seen through. */
export interface Replay {
  /** What it failed with, if it did. */
  readonly failure: ScheduleError | undefined;
  /** What happened, one line for each poll and each step of the clock. */
  readonly transcript: string;
}

/** The type of `explore`. */
export interface Explore {
  (program: ExploredProgram, options?: ExploreOptions): Exploration;
  /**
   * Runs the one schedule of a seed, and gives its transcript.
   *
   * For a seed that `explore` named it fails in the same way, poll for poll, as often as it is called; unless
   * the program depends on something besides its schedule.
   */
  replay(program: ExploredProgram, seed: number, options?: ReplayOptions): Replay;
}

/**
 * Runs a program under many schedules, each drawn from a seed, and throws a `ScheduleError` for the first that fails.
 *
 * `program` is the body of a generator task, as `main` takes it: it spawns others with `spawn`, and when it ends
 * those that are left are aborted. It is called anew for each schedule, on a runtime and a clock of its own, and has to
 * make in itself whatever its tasks share. A schedule decides which ready task is polled next; before which
 * operation a task is held up, ready or not, as happens when its budget is used up; and when the clock moves: a timer
 * may be late, and so come in another order, never early. So nothing need be added to a program to show its races.
 *
 * A schedule fails when a task panics, when tasks wait and nothing is left that could wake them, and after `maxPolls`
 * polls. Everything happens in this call: it gives back when all schedules are run or one has failed. Throws a
 * `TypeError` for an async task, and for a task that waits for a promise: a seed cannot decide what those do.
 *
 * Source: `loom::model`, and `shuttle::check_random`.
 *
 * @example
 * const found = () =>
 *   explore(function* () {
 *     const turn = new Semaphore(1);
 *     let balance = 100;
 *     function* deposit(amount: number) {
 *       let permit = yield* turn.acquire();
 *       const before = balance;
 *       permit.release();
 *       permit = yield* turn.acquire();
 *       balance = before + amount;
 *       permit.release();
 *     }
 *     yield* join(spawn(deposit, 10), spawn(deposit, 20));
 *     if (balance !== 130) throw new Error(`lost an update: ${balance}`);
 *   });
 * try {
 *   found();
 * } catch (failed) {
 *   console.log((failed as ScheduleError).message); // with seed 3, task 1 "program" panicked …
 * }
 */
export const explore: Explore = Object.assign(exploreSeeds, { replay });

function exploreSeeds(program: ExploredProgram, options: ExploreOptions = {}): Exploration {
  checkProgram('explore', program);
  checkOptionKeys('explore', options, KNOWN);
  const { seeds = 1_000, firstSeed = 0 } = options;
  checkCount('explore', 'seeds', seeds, 1);
  checkCount('explore', 'firstSeed', firstSeed, 0, MOST - seeds);
  const limits = limitsOf('explore', options);
  let polls = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const end = runSchedule(program, seed, limits);
    if (end.failure !== undefined) throw explained(program, seed, limits, end);
    polls += end.polls;
  }
  return { schedules: seeds, polls };
}

function replay(program: ExploredProgram, seed: number, options: ReplayOptions = {}): Replay {
  checkProgram('explore.replay', program);
  checkCount('explore.replay', 'seed', seed, 0);
  checkOptionKeys('explore.replay', options, KNOWN_AT_REPLAY);
  return watched(program, seed, limitsOf('explore.replay', options));
}

/** Runs the schedule again, this time with its transcript. */
function watched(program: ExploredProgram, seed: number, limits: ScheduleLimits): Replay {
  const transcript = new Transcript();
  const { failure } = runSchedule(program, seed, limits, transcript);
  const text = transcript.toString();
  return {
    failure: failure === undefined ? undefined : new ScheduleError(failure, seed, text),
    transcript: text,
  };
}

function explained(program: ExploredProgram, seed: number, limits: ScheduleLimits, end: ScheduleEnd): Error {
  const { failure } = watched(program, seed, limits);
  if (failure !== undefined && failure.kind === end.failure?.kind) return failure;
  return new Error(
    `explore: with seed ${seed} the program failed (${end.failure?.text}), and when it was run again it did not. It depends on something besides its schedule: the time of day, Math.random, or a variable outside the program.`,
    { cause: end.failure?.cause },
  );
}

function checkProgram(caller: string, program: unknown): void {
  if (isGeneratorFunction(program)) return;
  throw new TypeError(`${caller}: expected a generator function, got ${safeInspect(program, 100)}`);
}

function limitsOf(caller: string, { maxPolls = 10_000, allowPanics = false }: ReplayOptions): ScheduleLimits {
  checkCount(caller, 'maxPolls', maxPolls, 1);
  if (typeof allowPanics !== 'boolean') {
    throw new TypeError(`${caller}: allowPanics must be true or false, got ${safeInspect(allowPanics, 100)}`);
  }
  return { maxPolls, allowPanics };
}

const KNOWN_AT_REPLAY: ReadonlySet<string> = new Set<keyof ReplayOptions>(['maxPolls', 'allowPanics']);
const KNOWN: ReadonlySet<string> = new Set<keyof ExploreOptions>([
  'maxPolls',
  'allowPanics',
  'seeds',
  'firstSeed',
]);
