import { checkMs } from '../base/check-ms.js';
import { checkNoOtherTasks } from '../task/check-may-block.js';
import { parkThisThread } from '../wire/this-thread.js';

/** See `thread.park`. */
export function park(): void {
  checkNoOtherTasks('thread.park', 'receiver.recv()');
  parkThisThread(Number.POSITIVE_INFINITY);
}

/** See `thread.parkTimeout`. */
export function parkTimeout(timeoutMs: number): void {
  checkMs('thread.parkTimeout', 'timeoutMs', timeoutMs);
  checkNoOtherTasks('thread.parkTimeout', 'sleep(ms)');
  parkThisThread(timeoutMs);
}
