import { isMainThread } from 'node:worker_threads';
import { diagnostics } from '../base/diagnostics.js';
import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';
import type { Executor } from '../executor/executor.js';
import { nodeHost } from '../executor/host.js';
import { isWaiting } from '../task/state.js';
import type { Task } from '../task/task.js';

/**
 * Explains a hang: the event loop has run dry, and tasks still wait for something that nobody is left to do.
 *
 * Node would end such a process without a word. The report says which tasks, what each waits for and since
 * when, and the process ends with code 13, which Node itself uses for a top-level await that never settles. Where
 * another listener of `beforeExit` then lets the program go on, and it ends well, the code is its own again.
 * A detached task is nobody's business, a host turned by hand is looked at by its test, and a thread that runs
 * dry is a crash of its task, which says what it waited for.
 */
const executors = new Set<WeakRef<Executor>>();

/** The exit code of a process that waits for nothing. */
const HUNG = 13;
const MOST_TASKS = 20;

/** The code that the program had before the report set its own. */
let codeBefore: { readonly code: typeof process.exitCode } | undefined;

/** Includes the tasks of `executor` in the report. */
export function watchForHang(executor: Executor): void {
  if (executor.host !== nodeHost || !isMainThread) return;
  if (executors.size === 0) process.on('beforeExit', report).on('exit', lookAgain);
  executors.add(new WeakRef(executor));
}

function report(): void {
  const tasks = waitingTasks();
  if (tasks.length === 0) {
    takeCodeBack();
    return;
  }
  if (diagnostics.hang.hasSubscribers)
    diagnostics.hang.publish({ tasks: tasks.map(({ task }) => told(task)) });
  const lines = tasks.slice(0, MOST_TASKS).map(({ task, executor }) => line(task, executor));
  if (tasks.length > MOST_TASKS) lines.push(`  and ${tasks.length - MOST_TASKS} more`);
  const [what, whom] = tasks.length === 1 ? ['1 task waits', 'it'] : [`${tasks.length} tasks wait`, 'them'];
  writeStderr(`heddle: ${what}, and nothing is left that could wake ${whom}:\n${lines.join('\n')}\n`);
  codeBefore ??= { code: process.exitCode };
  process.exitCode = HUNG;
}

// Another listener of `beforeExit` may have woken who waited, without giving the event loop anything to do.
function lookAgain(): void {
  if (codeBefore === undefined || waitingTasks().length > 0) return;
  takeCodeBack();
  // From Node 22 on, the code that `exit` was emitted with counts here unless there is another one.
  process.exitCode ??= 0;
}

function takeCodeBack(): void {
  if (codeBefore !== undefined && process.exitCode === HUNG) process.exitCode = codeBefore.code;
  codeBefore = undefined;
}

function waitingTasks(): { readonly task: Task<unknown>; readonly executor: Executor }[] {
  const waiting = [];
  for (const reference of executors) {
    const executor = reference.deref();
    if (executor === undefined) executors.delete(reference);
    else
      for (const task of executor.tasks())
        if (isWaiting(task) && task.attributes?.detached !== true) waiting.push({ task, executor });
  }
  return waiting;
}

function told({ id, name, waitsFor, attributes }: Task<unknown>): object {
  return { id, name, waitsFor: waitsFor?.what, spawnedAt: attributes?.spawnedAt };
}

function line(task: Task<unknown>, executor: Executor): string {
  const name = task.name === undefined ? '' : ` "${printable(task.name)}"`;
  const waitsFor = task.waitsFor?.what ?? 'its first poll';
  // Both are cut to 32 bits, so the difference is right whenever it fits.
  const ms = (executor.host.now() - task.waitsSinceMs) | 0;
  const site = task.attributes?.spawnedAt;
  const spawned = site === undefined ? '' : `, spawned at ${printable(site)}`;
  return `  task ${task.id}${name} waits for ${printable(waitsFor)}, since ${ms} ms${spawned}`;
}
