import { OneshotCell } from './oneshot-cell.js';
import { OneshotReceiver } from './oneshot-receiver.js';
import { OneshotSender } from './oneshot-sender.js';

/**
 * Makes a channel that carries one value, once, and gives its two ends.
 *
 * Sending never waits. There is no `drop` in JavaScript: an end that is given up says so by `close()`, and one
 * that is only forgotten leaves the other waiting. Source: `tokio::sync::oneshot::channel`.
 *
 * @example
 * const [tx, rx] = oneshot<number>();
 * spawn(() => tx.send(42));
 * console.log(await rx.recv()); // 42
 */
export function oneshot<T>(): [OneshotSender<T>, OneshotReceiver<T>] {
  const cell = new OneshotCell<T>();
  return [new OneshotSender(cell), new OneshotReceiver(cell)];
}
