import type { ProxiedFunction } from './proxied.js';

/**
 * The functions of this side that the other side may call, by number.
 *
 * They share the actor's port. comlink opens one for each function each time that it is sent, and has no moment
 * at which to close it: after 5,000 calls with a callback there were 3,251 open ports.
 *
 * A function is let go when the other side has given back as many as it was sent: it counts what it receives,
 * and says so when it has collected its own side of it. By counts, since while a function is being given back
 * it may be on its way there once more.
 */
export class GivenCallbacks {
  readonly #byId = new Map<number, Given>();
  readonly #byFunction = new Map<ProxiedFunction, Given>();
  #lastId = 0;

  /** How many functions the other side may call. */
  get size(): number {
    return this.#byId.size;
  }

  /** Notes that `fn` is sent once more, and gives its number. */
  give(fn: ProxiedFunction): number {
    const known = this.#byFunction.get(fn);
    if (known !== undefined) {
      known.times += 1;
      return known.id;
    }
    this.#lastId += 1;
    const given = { id: this.#lastId, fn, times: 1 };
    this.#byId.set(given.id, given);
    this.#byFunction.set(fn, given);
    return given.id;
  }

  at(id: number): ProxiedFunction | undefined {
    return this.#byId.get(id)?.fn;
  }

  /** The other side has given back what it received `times` times. */
  takeBack(id: number, times: number): void {
    const given = this.#byId.get(id);
    if (given === undefined) return;
    given.times -= times;
    if (given.times > 0) return;
    this.#byId.delete(id);
    this.#byFunction.delete(given.fn);
  }

  /** The other side is gone. */
  clear(): void {
    this.#byId.clear();
    this.#byFunction.clear();
  }
}

interface Given {
  readonly id: number;
  readonly fn: ProxiedFunction;
  times: number;
}
