import type { ParkedWait } from '../task/async-frame.js';

const RESOLVED = Promise.resolve();

/** Polls a wait that no task polls any more, in a microtask: it goes on by itself. */
export function pollSoon(wait: ParkedWait): void {
  void RESOLVED.then(() => wait.poll());
}
