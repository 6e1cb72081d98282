import { join, spawn } from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';

/** A queue for many takers, of an array and a `Notify`. */
class Queue<T> {
  readonly #items: T[] = [];
  readonly #filled = new Notify();

  put(item: T): void {
    this.#items.push(item);
    this.#filled.notifyOne();
  }

  /** Looks, and waits when there is nothing. A taker that is held up in between does not stand in line. */
  *take() {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      yield* this.#filled.notified();
    }
  }

  /** Stands in line, and then looks. */
  *takeInLine() {
    for (;;) {
      const filled = this.#filled.notified();
      filled.enable();
      const item = this.#items.shift();
      if (item !== undefined) {
        filled.withdraw();
        return item;
      }
      yield* filled;
    }
  }
}

function* twoTakers(how: 'take' | 'takeInLine') {
  const queue = new Queue<string>();
  const takers = [1, 2].map(() =>
    spawn(function* () {
      return yield* queue[how]();
    }),
  );
  const putter = spawn(function* () {
    queue.put('a');
    queue.put('b');
  });
  yield* join(...takers, putter);
}

export function* broken() {
  yield* twoTakers('take');
}

export function* mended() {
  yield* twoTakers('takeInLine');
}
