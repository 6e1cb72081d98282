import { diagnostics } from '../base/diagnostics.js';
import type { Task } from '../task/task.js';

/**
 * Tells of the tasks of an executor on `node:diagnostics_channel`.
 *
 * That is decided when the executor is made: to ask at each spawn whether somebody hears it would be paid by everybody.
 * Who subscribes does so before, as a module does that `--import` loads.
 */
export function publishesTasks(): boolean {
  return diagnostics.taskSpawn.hasSubscribers || diagnostics.taskSettle.hasSubscribers;
}

export function publishSpawn({ id, name, attributes }: Task<unknown>): void {
  diagnostics.taskSpawn.publish({ id, name, spawnedAt: attributes?.spawnedAt });
}

export function publishSettle({ id, name, outcome }: Task<unknown>): void {
  const end = outcome === undefined || outcome.ok ? 'value' : outcome.error.kind;
  diagnostics.taskSettle.publish({ id, name, end });
}
