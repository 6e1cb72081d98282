import { diagnostics } from '../base/diagnostics.js';
import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';
import type { Executor } from '../executor/executor.js';
import { nodeHost } from '../executor/host.js';
import type { Task } from '../task/task.js';

/** What a poll may take where nobody says, in milliseconds. */
export const LONG_POLL_MS = 500;

/** After how many milliseconds without a long poll the next one is reported again. */
const QUIET_MS = 1_000;

/**
 * Explains the other hang: a task holds the thread, and neither tasks nor timers nor I/O go on.
 *
 * On this thread it can be said only when the poll has ended, since until then nobody else runs here. It says which
 * task and for how long, once, and then again when there was no such poll for a second: a task that holds the
 * thread in each of its polls is one fault and not a thousand.
 */
export function longPollReport(
  limitMs: number,
  executor: () => Executor | undefined,
): (task: Task<unknown>, ms: number) => void {
  let quietSinceMs = Number.NEGATIVE_INFINITY;
  return (task, ms) => {
    if (ms < limitMs) return;
    if (diagnostics.longPoll.hasSubscribers) {
      const { id, name, attributes } = task;
      diagnostics.longPoll.publish({ id, name, spawnedAt: attributes?.spawnedAt, ms });
    }
    const nowMs = nodeHost.now();
    const wasQuiet = nowMs - ms - quietSinceMs >= QUIET_MS;
    quietSinceMs = nowMs;
    if (wasQuiet) writeStderr(`${line(task, ms, executor()?.queueDepth ?? 0)}\n`);
  };
}

function line(task: Task<unknown>, ms: number, ready: number): string {
  const name = task.name === undefined ? '' : ` "${printable(task.name)}"`;
  const kept = ready === 0 ? '' : `, while ${ready === 1 ? '1 task was' : `${ready} tasks were`} ready`;
  const site = task.attributes?.spawnedAt;
  const spawned = site === undefined ? '' : `, spawned at ${printable(site)}`;
  return `heddle: task ${task.id}${name} held the thread for ${Math.round(ms)} ms in one poll${kept}${spawned}`;
}
