import { types } from 'node:util';
import { writeStderr } from '../base/stderr.js';
import type { TaskId } from '../base/task-id.js';
import { thrownBlock } from '../base/thrown-block.js';
import { current } from '../task/current.js';
import type { Task } from '../task/task.js';
import { runInNoFrame } from './context.js';

/** What a hook is told of a task. Source: `tokio::runtime::TaskMeta`. */
export interface TaskMeta {
  readonly id: TaskId;
  readonly name: string | undefined;
  /** Where it was spawned, as `at file:line:column`; only on a runtime with `debug`. */
  readonly spawnedAt: string | undefined;
  /** How long it had been ready when this poll began, in milliseconds; only where the runtime tracks it. */
  readonly scheduleLatencyMs: number | undefined;
}

/** What a runtime calls while it works. Source: the hooks of `tokio::runtime::Builder`. */
export interface RuntimeHooks {
  /** At each spawn, before `spawn` returns. */
  readonly onTaskSpawn?: (task: TaskMeta) => void;
  readonly onBeforeTaskPoll?: (task: TaskMeta) => void;
  /** After each poll; of an async task, after the step of its body. */
  readonly onAfterTaskPoll?: (task: TaskMeta) => void;
  /** When a task has settled, whichever way. */
  readonly onTaskTerminate?: (task: TaskMeta) => void;
  /** When no task is ready, before the thread is given to the event loop. A task that it makes ready runs at once. */
  readonly onPark?: () => void;
  /** When there is something to poll again. */
  readonly onUnpark?: () => void;
  /** When the runtime is made. */
  readonly onThreadStart?: () => void;
  /** When the runtime has been shut down. */
  readonly onThreadStop?: () => void;
}

/** The names of all hooks. */
export const HOOKS: readonly (keyof RuntimeHooks)[] = [
  'onTaskSpawn',
  'onBeforeTaskPoll',
  'onAfterTaskPoll',
  'onTaskTerminate',
  'onPark',
  'onUnpark',
  'onThreadStart',
  'onThreadStop',
];

export function metaOf(task: Task<unknown>, scheduleLatencyMs: number | undefined): TaskMeta {
  return { id: task.id, name: task.name, spawnedAt: task.attributes?.spawnedAt, scheduleLatencyMs };
}

/**
 * Calls hooks, as a part of no task. What one throws, or rejects with, harms no task: stderr says it, once for each
 * hook of a runtime, since one that is called at each poll would say it a million times.
 */
export class HookCaller {
  readonly hooks: RuntimeHooks;
  readonly #told = new Set<keyof RuntimeHooks>();

  constructor(hooks: RuntimeHooks) {
    this.hooks = hooks;
  }

  call(name: 'onPark' | 'onUnpark' | 'onThreadStart' | 'onThreadStop'): void {
    const hook = this.hooks[name];
    if (hook !== undefined) this.#call(name, hook);
  }

  callFor(
    name: 'onTaskSpawn' | 'onBeforeTaskPoll' | 'onAfterTaskPoll' | 'onTaskTerminate',
    task: Task<unknown>,
    scheduleLatencyMs: number | undefined,
  ): void {
    const hook = this.hooks[name];
    if (hook !== undefined) this.#call(name, () => hook(metaOf(task, scheduleLatencyMs)));
  }

  #call(name: keyof RuntimeHooks, hook: () => void): void {
    const { task, branch, calling, leaving } = current;
    current.task = null;
    current.branch = null;
    current.calling = false;
    current.leaving = null;
    try {
      runInNoFrame(() => {
        const returned: unknown = hook();
        // An async hook fits the type: its rejection would otherwise end the process.
        if (types.isPromise(returned)) returned.then(undefined, (thrown) => this.#tell(name, thrown));
      });
    } catch (thrown) {
      this.#tell(name, thrown);
    } finally {
      current.task = task;
      current.branch = branch;
      current.calling = calling;
      current.leaving = leaving;
    }
  }

  #tell(name: keyof RuntimeHooks, thrown: unknown): void {
    if (this.#told.has(name)) return;
    this.#told.add(name);
    writeStderr(`heddle: the hook ${name} of a runtime threw:\n${thrownBlock(thrown)}`);
  }
}
