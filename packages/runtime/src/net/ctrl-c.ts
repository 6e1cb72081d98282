import { isMainThread } from 'node:worker_threads';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';

/**
 * Waits for the next SIGINT: Ctrl-C in a terminal.
 *
 * From its first use until it ends or is left the signal does not end the process, and the process does not end by
 * itself; then both are again as they were before, where tokio's keeps the signal for good. All who wait hear of it.
 * `main` listens too, and aborts its task at the first SIGINT: give it `{ signals: false }`. Throws an `Error` on
 * any thread but the main one, since Node gives signals to that alone. Source: `tokio::signal::ctrl_c`.
 *
 * @example
 * const server = spawn(() => sleep(60_000));
 * const interrupted = spawn(async () => {
 *   await ctrlC();
 *   server.abort('Ctrl-C');
 * });
 * await yieldNow();
 * process.kill(process.pid, 'SIGINT');
 * const result = await server;
 * console.log(result.ok ? '' : result.error.cause); // Ctrl-C
 */
export function ctrlC(): Op<void> {
  if (!isMainThread) {
    throw new Error(
      'ctrlC: signals reach the main thread alone. Wait for one there, and abort this thread or send it a message.',
    );
  }
  return new Operation<void>(new Interrupt());
}

const waiting = new Map<Interrupt, Waker>();
let keepAlive: NodeJS.Timeout | undefined;

class Interrupt implements Pollable<void> {
  readonly what = 'ctrlC()';
  #hasCome = false;

  poll(waker: Waker): undefined | Pending {
    if (this.#hasCome) return undefined;
    waiting.set(this, waker);
    listen();
    return PENDING;
  }

  leave(): boolean {
    waiting.delete(this);
    listen();
    return true;
  }

  came(): void {
    this.#hasCome = true;
  }
}

function onSignal(): void {
  const all = [...waiting];
  waiting.clear();
  listen();
  for (const [interrupt] of all) interrupt.came();
  for (const [, waker] of all) waker.wake();
}

/** Listens while anybody waits. Node's listener does not keep the process alive; the longest timer there is does. */
function listen(): void {
  if (waiting.size > 0 && keepAlive === undefined) {
    keepAlive = setInterval(() => {}, 2 ** 31 - 1);
    process.on('SIGINT', onSignal);
  } else if (waiting.size === 0 && keepAlive !== undefined) {
    clearInterval(keepAlive);
    keepAlive = undefined;
    process.off('SIGINT', onSignal);
  }
}
