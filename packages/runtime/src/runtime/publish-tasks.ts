import { diagnostics } from '../base/diagnostics.js';

/**
 * Whether the tasks of an executor are told on `node:diagnostics_channel`. Those of threads and pools always are.
 *
 * That is decided when the executor is made: to ask at each spawn whether somebody hears it would be paid by everybody.
 * Who subscribes does so before, as a module does that `--import` loads.
 */
export function publishesTasks(): boolean {
  return diagnostics.taskSpawn.hasSubscribers || diagnostics.taskSettle.hasSubscribers;
}
