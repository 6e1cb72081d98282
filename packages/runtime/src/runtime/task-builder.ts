import { checkMs } from '../base/check-ms.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import { currentExecutor } from '../executor/current-executor.js';
import { abortOnSignal } from '../task/abort-on-signal.js';
import type { Task } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { checkWhole } from './check-options.js';
import { type LocalSpawn, spawnOn } from './spawn-on.js';

/** What a task may be given besides its function. */
export interface TaskOptions {
  /** Shown in reports, hang reports and traces. */
  readonly name?: string;
  /** Aborts the task when it fires, with its reason; a signal that has fired keeps the task from beginning. */
  readonly signal?: AbortSignal;
  /** Aborts the task when it has not settled this many milliseconds after its first poll. */
  readonly timeoutMs?: number;
  /** How long after its abort the body may go on before it is abandoned, in milliseconds; 1000 by default. `false`: for ever. */
  readonly abandonAfterMs?: number | false;
  /** For a policy that reads it; larger is more urgent, 0 by default. */
  readonly priority?: number;
  /** For a policy that reads it: by when the task should be done, in milliseconds from its spawn. */
  readonly deadlineMs?: number;
  /** For a policy that reads it: the task's share in a lottery, 1 or more. */
  readonly tickets?: number;
}

/** A spawn that was prepared with options. It may be used many times. */
export interface TaskBuilder {
  readonly spawn: LocalSpawn;
}

/** See `task.builder`. */
export function taskBuilder(options: TaskOptions): TaskBuilder {
  checkOptions(options);
  const { signal, name, timeoutMs, abandonAfterMs, priority, deadlineMs, tickets } = options;
  const attributes = (): TaskAttributes => {
    const dueMs = deadlineMs === undefined ? undefined : currentExecutor().clock.now() + deadlineMs;
    return { name, timeoutMs, abandonAfterMs, priority, deadlineMs: dueMs, tickets };
  };
  const linked = signal === undefined ? undefined : (task: Task<unknown>) => abortOnSignal(task, signal);
  return { spawn: spawnOn('task.builder().spawn', currentExecutor, attributes, linked) };
}

function checkOptions(options: TaskOptions): void {
  checkOptionKeys('task.builder', options, KNOWN);
  const { name, signal, timeoutMs, abandonAfterMs, priority, deadlineMs, tickets } = options;
  if (name !== undefined && typeof name !== 'string') {
    throw new TypeError(`task.builder: name must be a string, got ${safeInspect(name, 100)}`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`task.builder: signal must be an AbortSignal, got ${safeInspect(signal, 100)}`);
  }
  if (timeoutMs !== undefined) checkMs('task.builder', 'timeoutMs', timeoutMs);
  if (abandonAfterMs !== undefined && abandonAfterMs !== false) {
    checkMs('task.builder', 'abandonAfterMs', abandonAfterMs);
  }
  if (deadlineMs !== undefined) checkMs('task.builder', 'deadlineMs', deadlineMs);
  if (tickets !== undefined) checkWhole('task.builder', 'tickets', tickets, 1);
  if (priority !== undefined && (typeof priority !== 'number' || Number.isNaN(priority))) {
    throw new TypeError(`task.builder: priority must be a number, got ${safeInspect(priority, 100)}`);
  }
}

const KNOWN: ReadonlySet<string> = new Set<keyof TaskOptions>([
  'name',
  'signal',
  'timeoutMs',
  'abandonAfterMs',
  'priority',
  'deadlineMs',
  'tickets',
]);
