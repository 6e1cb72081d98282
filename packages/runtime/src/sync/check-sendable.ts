import { isThenable } from '../base/thenable.js';

/**
 * Refuses what no channel carries: a promise, a handle, an operation.
 *
 * Whoever awaited the received value, or returned it from an async function, would unknowingly wait for it.
 */
export function refuseThenable(caller: string, value: unknown): void {
  if (!isThenable(value)) return;
  throw new TypeError(
    `${caller}: got a thenable, which whoever receives it would await: send { handle } instead.`,
  );
}

/** Refuses what a channel of many values cannot carry: thenables, and the value that says that none will come. */
export function checkSendable(caller: string, value: unknown): void {
  if (value === undefined) {
    throw new TypeError(`${caller}: undefined cannot be sent: recv() gives it when the channel is closed.`);
  }
  refuseThenable(caller, value);
}
