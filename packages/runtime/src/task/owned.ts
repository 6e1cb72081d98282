import type { Task } from './task.js';

/**
 * Things that belong to one task at a time, and move to the task that they are passed to: `spawn(handle, stream)`.
 *
 * Kept beside the things, so that a spawn never has to ask a stranger's object, which may be a proxy. Costs a
 * spawn nothing until there is one.
 */
const moves = new WeakMap<object, (task: Task<unknown>) => void>();
let any = false;

/** Says how `thing` is moved to another task. */
export function markOwned(thing: object, moveTo: (task: Task<unknown>) => void): void {
  any = true;
  moves.set(thing, moveTo);
}

/** Whether there is any such thing. */
export function anyOwned(): boolean {
  return any;
}

/** Moves what is among the arguments of a spawn to the task that was spawned. */
export function moveOwned(args: readonly unknown[], task: Task<unknown>): void {
  if (!any) return;
  for (const arg of args) if (typeof arg === 'object' && arg !== null) moves.get(arg)?.(task);
}
