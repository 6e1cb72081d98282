import type { PermitPool } from '../semaphore/permit-pool.js';

/** What a lock guards, and the permits of which its guards hold some or all. */
export interface Locked<T> {
  value: T;
  readonly pool: PermitPool;
}

/** The error for who uses what is guarded after he gave the lock back: whatever he did would be done without it. */
export function notHeld(caller: string): TypeError {
  return new TypeError(`${caller}: this guard was released before. Lock again for another.`);
}
