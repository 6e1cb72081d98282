import { Branches, type Thrown } from './branches.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

const BRANCH = 0;

/**
 * A branch against something that ends the waiting for it: a deadline, a token.
 *
 * The branch's value wins when both are there in one moment. Whoever loses is left before the answer is given;
 * a throw of the branch is thrown on after that.
 */
export class BranchAgainst<R> implements Pollable<R> {
  readonly #name: string;
  readonly #branches: Branches;
  readonly #read: (value: unknown) => R;
  #began = false;
  #ended: { readonly answer: R } | Thrown | undefined;

  /** `read` makes the answer of the branch's value, or of `PENDING` when the waiting for it was ended. */
  constructor(name: string, branch: Pollable<unknown>, end: Pollable<void>, read: (value: unknown) => R) {
    this.#name = name;
    this.#branches = new Branches([branch, end], 'the first');
    this.#read = read;
  }

  get what(): string {
    return `${this.#name}${this.#branches.what})`;
  }

  poll(waker: Waker): R | Pending {
    if (!this.#began) this.#branches.wakeAll();
    this.#began = true;
    if (this.#ended === undefined) this.#findEnd(waker);
    const ended = this.#ended;
    if (ended === undefined) return PENDING;
    if ('error' in ended) return this.#branches.fail(waker, ended);
    return this.#branches.end(waker) ? ended.answer : PENDING;
  }

  leave(waker: Waker): boolean {
    return this.#branches.leave(waker);
  }

  #findEnd(waker: Waker): void {
    try {
      const ended = this.#branches.poll(waker);
      if (ended === undefined) return;
      // The value is asked for once more, since it may have come in the same moment.
      const value = ended.at === BRANCH ? ended.value : this.#branches.pollAgain(BRANCH, waker);
      if (value !== PENDING) this.#branches.kept[BRANCH] = value;
      this.#ended = { answer: this.#read(value) };
    } catch (error) {
      this.#ended = { error };
    }
  }
}
