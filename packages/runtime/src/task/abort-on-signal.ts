import type { Task } from './task.js';

/**
 * Aborts tasks when a signal of the program's own fires.
 *
 * One listener for each signal, however many tasks it is given to: Node warns of a leak from the eleventh on.
 */
interface Link {
  readonly tasks: Set<Task<unknown>>;
  readonly fire: () => void;
}

const links = new WeakMap<AbortSignal, Link>();

/** Aborts `task` with the reason of `signal` when that fires, or at once when it has. Forgets it when it settles. */
export function abortOnSignal(task: Task<unknown>, signal: AbortSignal): void {
  if (signal.aborted) {
    task.abort(signal.reason);
    return;
  }
  const { tasks, fire } = links.get(signal) ?? link(signal);
  tasks.add(task);
  task.afterwards(() => {
    tasks.delete(task);
    if (tasks.size > 0) return;
    signal.removeEventListener('abort', fire);
    links.delete(signal);
  });
}

function link(signal: AbortSignal): Link {
  const tasks = new Set<Task<unknown>>();
  const fire = (): void => {
    for (const task of [...tasks]) task.abort(signal.reason);
  };
  signal.addEventListener('abort', fire, { once: true });
  const made = { tasks, fire };
  links.set(signal, made);
  return made;
}
