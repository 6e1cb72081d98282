import { checkCount } from '../base/check-count.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Waiter, WaiterList } from './waiter-list.js';

/**
 * A place at which tasks wait until so many of them have come; then all go on, and the next round begins.
 *
 * Source: `tokio::sync::Barrier`. Unlike there, a task that is aborted while it waits has not come: another has to come
 * in its place.
 *
 * @example
 * const barrier = new Barrier(3);
 * const tasks = [1, 2, 3].map(() =>
 *   spawn(function* () {
 *     const result = yield* barrier.wait();
 *     return result.isLeader() ? 'leads' : 'follows';
 *   }),
 * );
 * for (const task of tasks) console.log((await task).unwrap()); // follows, follows, leads
 */
export class Barrier {
  readonly #gathering: Gathering;

  /**
   * Lets `parties` tasks wait for each other. 0 is as 1: nobody waits.
   *
   * Throws a `TypeError` or `RangeError` unless `parties` is a whole number from 0 to 2 ** 31 - 1.
   */
  constructor(parties: number) {
    checkCount('Barrier', 'parties', parties, 0);
    this.#gathering = { parties, came: 0, round: 0, waiters: new WaiterList() };
  }

  /**
   * Waits until the others have come, and says whether this one leads: one of each round does, the last to come.
   *
   * Abort withdraws from a round that is not full. Source: `Barrier::wait`.
   */
  wait(): Op<BarrierWaitResult> {
    return new Operation(new Arriving(this.#gathering));
  }
}

/**
 * What `barrier.wait()` gives. Source: `tokio::sync::BarrierWaitResult`.
 *
 * @example
 * const result = await new Barrier(1).wait();
 * if (result.isLeader()) console.log('the others wait for nothing more');
 */
export interface BarrierWaitResult {
  /** Whether this is the one of its round that does what is to be done once. */
  isLeader(): boolean;
}

/** The round that is gathering. */
interface Gathering {
  readonly parties: number;
  /** How many have come and not gone. */
  came: number;
  /** How many rounds were full. */
  round: number;
  readonly waiters: WaiterList;
}

class Arriving implements Pollable<BarrierWaitResult> {
  readonly what = 'barrier.wait()';
  readonly #gathering: Gathering;
  #waiter: Waiter | undefined;
  #round = 0;

  constructor(gathering: Gathering) {
    this.#gathering = gathering;
  }

  poll(waker: Waker): BarrierWaitResult | Pending {
    const gathering = this.#gathering;
    if (this.#waiter === undefined) return this.#arrive(waker);
    if (this.#round !== gathering.round) return FOLLOWER;
    this.#waiter.waker = waker;
    return PENDING;
  }

  leave(): boolean {
    if (this.#waiter !== undefined && this.#gathering.waiters.remove(this.#waiter)) this.#gathering.came -= 1;
    return true;
  }

  #arrive(waker: Waker): BarrierWaitResult | Pending {
    const gathering = this.#gathering;
    gathering.came += 1;
    if (gathering.came < gathering.parties) {
      this.#round = gathering.round;
      this.#waiter = new Waiter(waker);
      gathering.waiters.push(this.#waiter);
      return PENDING;
    }
    gathering.came = 0;
    gathering.round += 1;
    gathering.waiters.dismissAll();
    return LEADER;
  }
}

const LEADER: BarrierWaitResult = Object.freeze({ isLeader: () => true });
const FOLLOWER: BarrierWaitResult = Object.freeze({ isLeader: () => false });
