import type { Waker } from '../../task/pollable.js';
import { wakeEach } from '../../task/wake-each.js';

/** Who waits for a message. */
export interface Recipient {
  /** Who is woken: whoever polled last. */
  readonly waker: Waker | undefined;
  /** A message is set aside for it. It is out of the line, and its next poll or `leave` says which. */
  called: boolean;
}

/**
 * Those who wait for a message, first come first served.
 *
 * A channel has one receiver, on which nearly always one task waits: he needs no line, which is worth a tenth of
 * a round trip. The others stand in a set, from which an abort can take one out of the middle.
 */
export class ReceiveLine {
  #first: Recipient | undefined;
  #others: Set<Recipient> | undefined;

  get first(): Recipient | undefined {
    return this.#first;
  }

  push(recipient: Recipient): void {
    if (this.#first === undefined) this.#first = recipient;
    else {
      this.#others ??= new Set();
      this.#others.add(recipient);
    }
  }

  remove(recipient: Recipient): void {
    if (this.#first === recipient) this.#moveUp();
    else this.#others?.delete(recipient);
  }

  /** Takes the first one out, marks it called and wakes it. Answers `false` when nobody waits. */
  call(): boolean {
    const first = this.#first;
    if (first === undefined) return false;
    if (this.#others === undefined) this.#first = undefined;
    else this.#moveUp();
    first.called = true;
    first.waker?.wake();
    return true;
  }

  /** Wakes all, each of whom stays in its place until its own poll takes it out. */
  wakeAll(): void {
    if (this.#others === undefined) this.#first?.waker?.wake();
    else wakeEach([this.#first?.waker, ...Array.from(this.#others, ({ waker }) => waker)]);
  }

  #moveUp(): void {
    this.#first = undefined;
    if (this.#others === undefined) return;
    for (const next of this.#others) {
      this.#first = next;
      this.#others.delete(next);
      return;
    }
    this.#others = undefined;
  }
}
