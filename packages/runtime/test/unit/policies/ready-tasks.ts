import type { Policy, Ready } from '../../../src/scheduler/policy.js';

/** What a policy may know of a task, as a test sets it. */
export type Known = { -readonly [K in keyof Ready]: Ready[K] };

/** Tasks of nobody, for a policy that is driven by hand. */
export function readyTask(id: number, known: Partial<Omit<Known, 'id'>> = {}): Known {
  return {
    id,
    priority: 0,
    deadlineMs: Number.POSITIVE_INFINITY,
    tickets: 1,
    usedMs: 0,
    readySinceMs: 0,
    ...known,
  };
}

/** Pops until nothing comes: the ids. */
export function popAll(policy: Policy): number[] {
  const ids: number[] = [];
  for (let task = policy.pop(); task !== undefined; task = policy.pop()) ids.push(task.id);
  return ids;
}
