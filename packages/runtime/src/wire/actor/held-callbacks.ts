import { markProxied, type ProxiedFunction } from './proxied.js';

/**
 * The other side's functions that this side holds, each as a function of its own that asks over there.
 *
 * While somebody here holds one, receiving it again gives the same, so that who was given a function twice can
 * tell. When it is garbage the other side is told how many times it had been received.
 */
export class HeldCallbacks {
  readonly #call: (id: number, args: readonly unknown[]) => Promise<unknown>;
  readonly #held = new Map<number, Held>();
  readonly #garbage: FinalizationRegistry<Held>;

  constructor(
    call: (id: number, args: readonly unknown[]) => Promise<unknown>,
    giveBack: (id: number, times: number) => void,
  ) {
    this.#call = call;
    this.#garbage = new FinalizationRegistry((held) => {
      // It may have been received again since, and then that is another one.
      if (this.#held.get(held.id) === held) this.#held.delete(held.id);
      giveBack(held.id, held.times);
    });
  }

  receive(id: number): ProxiedFunction {
    const held = this.#held.get(id);
    const known = held?.callback.deref();
    if (held !== undefined && known !== undefined) {
      held.times += 1;
      return known;
    }
    const callback = markProxied((...args: readonly unknown[]) => this.#call(id, args));
    const added = { id, callback: new WeakRef(callback), times: 1 };
    this.#held.set(id, added);
    this.#garbage.register(callback, added);
    return callback;
  }
}

interface Held {
  readonly id: number;
  readonly callback: WeakRef<ProxiedFunction>;
  times: number;
}
