import { diagnostics } from '../base/diagnostics.js';
import type { Task } from './task.js';

/** Tells on `node:diagnostics_channel` that a task was made. Without a subscriber it does nothing. */
export function publishSpawn({ id, name, attributes }: Task<unknown>): void {
  if (!diagnostics.taskSpawn.hasSubscribers) return;
  diagnostics.taskSpawn.publish({ id, name, spawnedAt: attributes?.spawnedAt });
}

/** The same of a task that has its outcome. */
export function publishSettle({ id, name, outcome }: Task<unknown>): void {
  if (!diagnostics.taskSettle.hasSubscribers) return;
  const end = outcome === undefined || outcome.ok ? 'value' : outcome.error.kind;
  diagnostics.taskSettle.publish({ id, name, end });
}
