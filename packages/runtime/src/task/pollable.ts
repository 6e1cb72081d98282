/** Whatever wants to be told that something it waits for may have come: a task, a branch, an `await`. */
export interface Waker {
  /** Asks for another poll. May be called in vain, and more than once. */
  wake(): void;
}

/**
 * The answer of a poll that has nothing yet.
 *
 * @example
 * const receiving = step(oneshot<number>()[1].recv());
 * console.log(receiving.poll() === PENDING); // true
 */
export const PENDING: unique symbol = Symbol('pending');
/** The type of `PENDING`. */
export type Pending = typeof PENDING;

/**
 * What a waiting operation does, apart from who drives it: Rust's `Future`, and what its drop does.
 *
 * `poll` gives the value, throws what the operation failed with, or registers `waker` and answers `PENDING`.
 * After it gave or threw it is not polled again. A poll in vain must be harmless.
 *
 * `leave` withdraws an operation that has not ended: it deregisters and loses nothing for the others. It
 * answers `false` while a cleanup inside it still waits; then it is called again when the waker was woken.
 */
export interface Pollable<T> {
  /** What is being waited for, in a few words for a person: `sleep(50)`. */
  readonly what: string;
  /** Whether an aborted async task may still begin it, and is not torn out of it. */
  readonly shields?: boolean;
  poll(waker: Waker): T | Pending;
  leave(waker: Waker): boolean;
}
