/**
 * Cancels a token at the end of a `using` block. Made by `token.dropGuard()`. Source: `tokio_util::sync::DropGuard`.
 *
 * @example
 * const token = new CancellationToken();
 * const guard = token.dropGuard();
 * guard.disarm();
 * console.log(token.isCancelled()); // false
 */
export class DropGuard<T extends { cancel(reason?: unknown): void }> {
  readonly #token: T;
  #armed = true;

  /** Not for programs: `token.dropGuard()` makes it. */
  constructor(token: T) {
    this.#token = token;
  }

  /** Lets the token be, and gives it back. Source: `DropGuard::disarm`. */
  disarm(): T {
    this.#armed = false;
    return this.#token;
  }

  /** Cancels the token now, unless `disarm()` was called. */
  cancel(reason?: unknown): void {
    if (this.#armed) this.#token.cancel(reason);
  }

  /** The same as `cancel()`. */
  [Symbol.dispose](): void {
    this.cancel();
  }
}
