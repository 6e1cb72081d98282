import { refuseThenable } from '../check-sendable.js';
import { WatchReceiver } from './watch-receiver.js';
import { WatchSender } from './watch-sender.js';
import { Watched } from './watched.js';

/**
 * Makes a channel that holds one value, of which many receivers see the latest, and gives an end of each.
 *
 * For a state that changes: a configuration, a progress, whether to stop. A receiver that looks rarely sees fewer
 * values, and never an old one. `initial` is the first value, and counts as seen; any value may be sent but
 * thenables, which throw a `TypeError` here too. There is no `drop` in JavaScript: every end that is done says so
 * by `close()`. Source: `tokio::sync::watch::channel`.
 *
 * @example
 * const [tx, rx] = watch('starting');
 * const watcher = spawn(function* () {
 *   yield* rx.changed();
 *   return rx.borrow();
 * });
 * await yieldNow();
 * tx.send('ready');
 * console.log((await watcher).unwrap()); // ready
 */
export function watch<T>(initial: T): [WatchSender<T>, WatchReceiver<T>] {
  refuseThenable('watch', initial);
  const watched = new Watched(initial);
  return [new WatchSender(watched), new WatchReceiver(watched, watched.version)];
}
