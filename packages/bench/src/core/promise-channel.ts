/**
 * A bounded channel as one writes it over promises, without any library: the baseline of ours.
 *
 * It hands over in order and waits when it is full, and does nothing else: nobody can close it, and a waiter cannot
 * be withdrawn. Its functions return promises and are not async, which is the faster way to write it.
 */
export class PromiseChannel<T> {
  readonly #capacity: number;
  readonly #messages: T[] = [];
  readonly #receivers: ((value: T) => void)[] = [];
  readonly #senders: { readonly value: T; readonly sent: () => void }[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  send(value: T): Promise<void> {
    const receive = this.#receivers.shift();
    if (receive !== undefined) {
      receive(value);
      return Promise.resolve();
    }
    if (this.#messages.length < this.#capacity) {
      this.#messages.push(value);
      return Promise.resolve();
    }
    return new Promise((sent) => {
      this.#senders.push({ value, sent });
    });
  }

  recv(): Promise<T> {
    if (this.#messages.length === 0) {
      return new Promise((receive) => {
        this.#receivers.push(receive);
      });
    }
    const value = this.#messages.shift() as T;
    const sender = this.#senders.shift();
    if (sender !== undefined) {
      this.#messages.push(sender.value);
      sender.sent();
    }
    return Promise.resolve(value);
  }
}
