import type { TraceEvent } from '@heddle/runtime/trace';

/**
 * `parent` on the main thread spawns `a` and `b`, whose polls alternate; then `late` and `never`, once both have settled. The
 * kernel takes the CPU from the main thread in the poll of `late`.
 */
export const oneThread: readonly TraceEvent[] = [
  { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 },
  { k: 'on', t: 0, tid: 100, cpu: 0 },
  { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'parent' },
  { k: 'poll', t: 1e6, thread: 0, task: '0:1', ready: 0 },
  { k: 'spawn', t: 1e6, thread: 0, task: '0:2', name: 'a', by: '0:1' },
  { k: 'spawn', t: 1e6, thread: 0, task: '0:3', name: 'b', by: '0:1' },
  { k: 'pend', t: 2e6, thread: 0, task: '0:1', end: 'suspended', on: 'handle of task 2', of: '0:2' },
  { k: 'poll', t: 2e6, thread: 0, task: '0:2', ready: 1 },
  { k: 'pend', t: 3e6, thread: 0, task: '0:2', end: 'yielded' },
  { k: 'poll', t: 3e6, thread: 0, task: '0:3', ready: 1 },
  { k: 'settle', t: 4e6, thread: 0, task: '0:3', end: 'value' },
  { k: 'pend', t: 4e6, thread: 0, task: '0:3', end: 'settled' },
  { k: 'poll', t: 4e6, thread: 0, task: '0:2', ready: 0 },
  { k: 'wake', t: 5e6, thread: 0, task: '0:1', by: '0:2' },
  { k: 'settle', t: 5e6, thread: 0, task: '0:2', end: 'panic' },
  { k: 'pend', t: 5e6, thread: 0, task: '0:2', end: 'settled' },
  { k: 'poll', t: 5e6, thread: 0, task: '0:1', ready: 0 },
  { k: 'mark', t: 5e6, thread: 0, name: 'joined' },
  { k: 'spawn', t: 5e6, thread: 0, task: '0:4', name: 'late', by: '0:1' },
  { k: 'spawn', t: 5e6, thread: 0, task: '0:5', name: 'never', by: '0:1' },
  { k: 'mark', t: 5e6, thread: 0, name: 'spawned' },
  { k: 'pend', t: 6e6, thread: 0, task: '0:1', end: 'suspended', on: 'handle of task 4', of: '0:4' },
  { k: 'poll', t: 6e6, thread: 0, task: '0:4', ready: 0 },
  { k: 'off', t: 7e6, tid: 100, cpu: 0, why: 'preempted', by: 'other' },
  { k: 'on', t: 17e6, tid: 100, cpu: 0 },
  { k: 'pend', t: 18e6, thread: 0, task: '0:4', end: 'suspended', on: 'sleep' },
  { k: 'off', t: 18e6, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
];

/** Two jobs named `sum`, each on a thread of its own, on a CPU at one moment; the third comes when both have settled. */
export const threads: readonly TraceEvent[] = [
  { k: 'thread', t: 0, thread: 0, name: 'main', tid: 100 },
  { k: 'spawn', t: 0, thread: 0, task: '0:1', name: 'sum' },
  { k: 'spawn', t: 0, thread: 0, task: '0:2', name: 'sum' },
  { k: 'off', t: 0, tid: 100, cpu: 0, why: 'asleep', by: 'idle' },
  { k: 'fork', t: 1e6, tid: 101, by: 100 },
  { k: 'fork', t: 1e6, tid: 102, by: 100 },
  { k: 'on', t: 1e6, tid: 101, cpu: 0 },
  { k: 'on', t: 1e6, tid: 102, cpu: 1 },
  { k: 'thread', t: 2e6, thread: 1, name: 'first', tid: 101, job: '0:1' },
  { k: 'thread', t: 2e6, thread: 2, name: 'second', tid: 102, job: '0:2' },
  { k: 'poll', t: 2e6, thread: 1, task: '0:1', ready: 0 },
  { k: 'poll', t: 2e6, thread: 2, task: '0:2', ready: 0 },
  { k: 'pend', t: 4e6, thread: 1, task: '0:1', end: 'settled' },
  { k: 'pend', t: 4e6, thread: 2, task: '0:2', end: 'settled' },
  { k: 'gone', t: 5e6, tid: 101 },
  { k: 'gone', t: 5e6, tid: 102 },
  { k: 'settle', t: 6e6, thread: 0, task: '0:1', end: 'value' },
  { k: 'settle', t: 6e6, thread: 0, task: '0:2', end: 'value' },
  { k: 'spawn', t: 7e6, thread: 0, task: '0:3', name: 'after' },
  { k: 'thread', t: 8e6, thread: 3, name: 'third', tid: 103, job: '0:3' },
  { k: 'poll', t: 8e6, thread: 3, task: '0:3', ready: 0 },
  { k: 'pend', t: 9e6, thread: 3, task: '0:3', end: 'unseen' },
];
