/**
 * Is thrown by a broadcast receiver that was too slow: `missed` messages were written over before it read them.
 *
 * It is told once. What comes next is the oldest message that is still here, so a program that can do without the
 * others catches it and goes on. Source: `tokio::sync::broadcast::error::RecvError::Lagged`.
 *
 * @example
 * const [tx, rx] = broadcast<number>(2);
 * for (const n of [1, 2, 3]) tx.send(n);
 * try {
 *   await rx.recv();
 * } catch (error) {
 *   if (error instanceof Lagged) console.log(error.missed); // 1
 * }
 * console.log(await rx.recv()); // 2
 */
export class Lagged extends Error {
  override readonly name = 'Lagged';
  readonly code = 'ERR_LAGGED';
  /** How many messages it did not get. */
  readonly missed: number;

  /** Not for programs: a receiver makes it. */
  constructor(missed: number) {
    super(`receiver.recv: messages written over before they were received: ${missed}`);
    this.missed = missed;
  }
}
