import { Notified } from './notified.js';
import { NotifyLine } from './notify-line.js';

/**
 * Tells a task that something has happened, and carries nothing: what there is to see is elsewhere.
 *
 * `notifyOne()` wakes the one who has waited longest. When nobody waits it is remembered, once: the next
 * `notified()` is ready at once, so a notification between a look and the wait for a change is not lost. However often
 * it is called meanwhile, one is remembered.
 *
 * A notification that was given to a task which is aborted before it ran, or whose `select` took another branch, goes
 * on to the next one. Source: `tokio::sync::Notify`.
 *
 * @example
 * const queue: string[] = [];
 * const filled = new Notify();
 * const consumer = spawn(function* () {
 *   while (queue.length === 0) yield* filled.notified();
 *   return queue.shift();
 * });
 * queue.push('job');
 * filled.notifyOne();
 * console.log((await consumer).unwrap()); // job
 */
export class Notify {
  readonly #line = new NotifyLine();

  /**
   * Waits to be notified.
   *
   * It stands in line from its first use on, or from `enable()` on; `notifyWaiters()` counts it from this call on.
   * Abort takes it out of the line, and hands on a notification that it was given. Source: `Notify::notified`.
   */
  notified(): Notified {
    return new Notified(this.#line);
  }

  /** Wakes the one who has waited longest; when nobody waits, the next one to come. Source: `Notify::notify_one`. */
  notifyOne(): void {
    this.#line.notifyFirst();
  }

  /** Wakes the one who came last; when nobody waits, the next one to come. Source: `Notify::notify_last`. */
  notifyLast(): void {
    this.#line.notifyLast();
  }

  /**
   * Wakes everyone whose `notified()` was called before, in the order in which they came to wait, and remembers nothing.
   *
   * Should one of those wakes throw, which takes a policy of your own that throws, the others are woken all the same,
   * and then the first throw is thrown on. Source: `Notify::notify_waiters`.
   */
  notifyWaiters(): void {
    this.#line.notifyAll();
  }
}
