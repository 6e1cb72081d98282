import { performance } from 'node:perf_hooks';
import { soon } from '../base/soon.js';

/**
 * The event loop, as the executor sees it: three ways to be called back, and a clock.
 *
 * `NodeHost` is the real one. `@heddle/runtime/testing` has one that is turned by hand. The clock must be
 * monotonic and must not run ahead of the timers' clock by more than a timer's earliness, which the executor
 * makes up for.
 */
export interface Host {
  /** Milliseconds since some fixed moment, with fractions. */
  now(): number;
  /** Calls back before the event loop goes on. */
  microtask(turn: () => void): void;
  /** Begins a turn in a microtask of the executor's own, where a host allows that: at once. */
  turnInMicrotask?(turn: () => void): void;
  /** Calls back after the event loop has looked at timers and I/O once. */
  macrotask(turn: () => void): void;
  /** Calls back once after `delayMs`, between 0 and 2 ** 31 - 1, early by less than a millisecond or late. */
  setTimer(delayMs: number, fire: () => void): HostTimer;
}

/** A timer of the host that has not fired. */
export interface HostTimer {
  cancel(): void;
}

/** Node's event loop. */
export const nodeHost: Host = {
  now: () => performance.now(),
  // Half the price of `queueMicrotask`, which makes an `AsyncResource` for each call.
  microtask: soon,
  turnInMicrotask: (turn) => turn(),
  macrotask: (turn) => {
    setImmediate(turn);
  },
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
