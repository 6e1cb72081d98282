import { Ring } from '../base/ring.js';
import type { Policy, Ready } from './policy.js';

/**
 * First come, first served: the default.
 *
 * No task starves: whoever becomes ready now runs after at most the tasks that are ready already, and three
 * for each of those through the LIFO slot.
 */
export class Fifo implements Policy {
  readonly lifoSlot: boolean = true;
  readonly #queue = new Ring<Ready>();

  get size(): number {
    return this.#queue.size;
  }

  push(task: Ready): void {
    this.#queue.push(task);
  }

  pop(): Ready | undefined {
    return this.#queue.pop();
  }

  remove(task: Ready): boolean {
    return this.#queue.remove(task);
  }
}
