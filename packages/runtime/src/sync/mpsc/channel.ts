import { checkCount } from '../../base/check-count.js';
import { Mailbox } from './mailbox.js';
import { Receiver } from './receiver.js';
import { Sender } from './sender.js';

/**
 * Makes a channel for many senders and one receiver that holds up to `capacity` messages, and gives its two ends.
 *
 * A sender waits while it is full, so a fast one cannot outrun the receiver. Messages arrive in the order in
 * which they were sent. Any value may be sent but `undefined`, which `recv()` gives at the end, and thenables.
 * There is no `drop` in JavaScript: every sender that is done says so by `close()`. Throws a `TypeError` or
 * `RangeError` unless `capacity` is a whole number from 1 to 2 ** 31 - 1.
 *
 * Source: `tokio::sync::mpsc::channel`.
 *
 * @example
 * const [tx, rx] = mpsc.channel<string>(16);
 * spawn(function* () {
 *   yield* tx.send('hello');
 *   yield* tx.send('world');
 *   tx.close();
 * });
 * for await (const word of rx) console.log(word);
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  checkCount('mpsc.channel', 'capacity', capacity, 1);
  const mailbox = new Mailbox<T>(capacity);
  return [new Sender(mailbox), new Receiver(mailbox)];
}
