import { checkCount } from '../../base/check-count.js';
import { Backlog } from './backlog.js';
import { BroadcastReceiver } from './broadcast-receiver.js';
import { BroadcastSender } from './broadcast-sender.js';

/** The largest power of two that a count can be. */
const MOST_KEPT = 2 ** 30;

/**
 * Makes a channel for many senders and many receivers, each of whom gets every message, and gives an end of each.
 *
 * It keeps the last `capacity` messages, rounded up to a power of two. Sending never waits: a receiver that is
 * slower than that misses some and is told how many. More receivers are made by `subscribe()`, and get what is
 * sent from then on. Any value may be sent but `undefined`, which `recv()` gives at the end, and thenables. There
 * is no `drop` in JavaScript: every end that is done says so by `close()`. Throws a `TypeError` or `RangeError`
 * unless `capacity` is a whole number from 1 to 2 ** 30.
 *
 * Source: `tokio::sync::broadcast::channel`.
 *
 * @example
 * const [tx, rx] = broadcast<string>(16);
 * const other = tx.subscribe();
 * console.log(tx.send('to all')); // 2
 * console.log(await rx.recv(), await other.recv());
 */
export function broadcast<T>(capacity: number): [BroadcastSender<T>, BroadcastReceiver<T>] {
  checkCount('broadcast', 'capacity', capacity, 1, MOST_KEPT);
  const backlog = new Backlog<T>(2 ** (32 - Math.clz32(capacity - 1)));
  return [new BroadcastSender(backlog), new BroadcastReceiver(backlog)];
}
