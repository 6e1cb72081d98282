import { isSettled } from '../task/state.js';
import type { Task } from '../task/task.js';
import { runBlank } from './blank.js';
import type { Clock } from './clock.js';
import type { Host } from './host.js';
import type { Timers } from './timers.js';

/** The executor, as its stopped clock sees it. */
export interface Stoppable {
  readonly host: Host;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Whether no task is ready and no turn is asked for. */
  readonly isIdle: boolean;
  /** How many promises of others its tasks wait for by name: as a branch, or by `promised`. */
  readonly promisesAwaited: number;
  readonly stopped: StoppedTime | undefined;
}

/** An async body, of which only its awaits of ours are seen. */
export interface Guest {
  readonly task: Task<unknown>;
  /** Whether it is suspended in an await of ours. */
  readonly isParked: boolean;
}

/** How soon it is asked again whether a job or a thread has ended. Their end may wake nobody. */
const LOOK_AGAIN_MS = 1;

/**
 * Moves a stopped clock on when the program has nothing else to wait for: to the next timer, and no further.
 *
 * It waits for one round of the event loop first, so that what has come already is seen; sockets do not hold it
 * up beyond that, as in tokio. What does: a promise of others that a task waits for, since nobody can know when it
 * will settle, a blocking job, and a thread that somebody joins. Where a body is suspended without an await of
 * ours, it is in an await of such a promise. So the bodies that have run are looked through, once each: they would
 * have to run again to get there.
 */
export class StoppedTime {
  readonly #executor: Stoppable;
  readonly #ran = new Set<Guest>();
  #looking = false;
  /** Advances that were asked for, and that nobody has been told of. */
  #advancing = 0;

  constructor(executor: Stoppable) {
    this.#executor = executor;
  }

  /** Whether the clock stands still, and this is what moves it. */
  get isStopped(): boolean {
    return this.#executor.stopped === this;
  }

  /** An async body was given something, or parked: it may be somewhere else now. */
  ran(body: Guest): void {
    this.#ran.add(body);
    this.look();
  }

  /** Asks for a look at what there is to wait for, after a round of the event loop. */
  look(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#executor.host.macrotask(this.#lookNow);
  }

  /** Moves the clock by hand. Calls `then` when all that became due has been woken. */
  advance(byMs: number, then: () => void): void {
    const { clock, host } = this.#executor;
    clock.moveTo(clock.now() + byMs);
    this.#advancing += 1;
    // Not at once: what is woken inside a poll would overtake what was due before it, by the LIFO slot.
    host.macrotask(() => {
      this.#advancing -= 1;
      this.#fire();
      then();
    });
  }

  readonly #lookNow = (): void => {
    this.#looking = false;
    const { isIdle, clock, timers, host } = this.#executor;
    if (!this.isStopped || !isIdle || this.#advancing > 0 || this.#waitsForOthers()) return;
    const { nextMs } = timers;
    if (nextMs === Number.POSITIVE_INFINITY) return;
    if (isHeldUp()) {
      host.setTimer(LOOK_AGAIN_MS, () => this.look());
      return;
    }
    clock.moveTo(Math.max(nextMs, clock.now()));
    this.#fire();
  };

  // Who is woken asks for a turn, and comes by here when it is over.
  #fire(): void {
    const { timers, isIdle } = this.#executor;
    runBlank(() => timers.look());
    if (isIdle) this.look();
  }

  #waitsForOthers(): boolean {
    if (this.#executor.promisesAwaited > 0) return true;
    for (const body of this.#ran) {
      if (!isSettled(body.task) && !body.isParked) return true;
      this.#ran.delete(body);
    }
    return false;
  }
}

let isHeldUp: () => boolean = () => false;

/** Says what else holds a stopped clock up: jobs and threads. The runtime floor fills it. */
export function fillHeldUp(check: () => boolean): void {
  isHeldUp = check;
}
