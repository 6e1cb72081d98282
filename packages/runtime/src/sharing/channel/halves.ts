/**
 * Which end of a channel has which half, in this thread.
 *
 * Beside the ends and not in them, since an end that arrives is an object that structured clone made, which cannot be
 * given private fields. An end that is garbage closes its half: nobody can use it any more, and the other side would
 * wait for ever.
 */
export class Halves<H extends object> {
  readonly #name: string;
  readonly #halves = new WeakMap<object, H | typeof MOVED>();
  readonly #garbage: FinalizationRegistry<H>;

  constructor(name: 'sender' | 'receiver', close: (half: H) => void) {
    this.#name = name;
    this.#garbage = new FinalizationRegistry(close);
  }

  /** `end` is an end from now on, and has `half`. */
  hold(end: object, half: H): void {
    this.#halves.set(end, half);
    this.#garbage.register(end, half, half);
  }

  /** The half of `end`. Throws a `TypeError` when it has moved away. */
  of(end: object, caller: string): H {
    const half = this.#halves.get(end);
    if (half === MOVED) throw new TypeError(`${caller}: this ${this.#name} has moved to another thread`);
    if (half === undefined) throw new TypeError(`${caller}: this is no ${this.#name} of a thread.channel`);
    return half;
  }

  /** The same, to be asked again at each use. Holds `end`, so that it is not garbage while something waits on it. */
  heldBy(end: object, caller: string): () => H {
    this.of(end, caller);
    return () => this.of(end, caller);
  }

  /** The half of `end`, if it has not moved away. */
  ifHere(end: object): H | undefined {
    const half = this.#halves.get(end);
    return half === MOVED ? undefined : half;
  }

  /** `end` moves away, without its half being closed. */
  moved(end: object): void {
    const half = this.#halves.get(end);
    if (half !== undefined && half !== MOVED) this.#garbage.unregister(half);
    this.#halves.set(end, MOVED);
  }
}

const MOVED = Symbol('moved');
