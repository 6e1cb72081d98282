import { MOST } from '../../base/check-count.js';
import { Mailbox } from './mailbox.js';
import { Receiver } from './receiver.js';
import { UnboundedSender } from './unbounded-sender.js';

/**
 * Makes a channel for many senders and one receiver in which sending never waits, and gives its two ends.
 *
 * Nothing slows a sender down that is faster than the receiver: the messages pile up until memory ends. So it is
 * for what is bounded elsewhere, and for callbacks that cannot wait; else take `mpsc.channel()`. For the rest it
 * is the same: messages arrive in order, `undefined` and thenables cannot be sent, and every sender that is done
 * says so by `close()`.
 *
 * Source: `tokio::sync::mpsc::unbounded_channel`.
 *
 * @example
 * const [tx, rx] = mpsc.unboundedChannel<string>();
 * setTimeout(() => {
 *   tx.send('from a callback');
 *   tx.close();
 * }, 1);
 * for await (const word of rx) console.log(word);
 */
export function unboundedChannel<T>(): [UnboundedSender<T>, Receiver<T>] {
  const mailbox = new Mailbox<T>(MOST);
  return [new UnboundedSender(mailbox), new Receiver(mailbox)];
}
