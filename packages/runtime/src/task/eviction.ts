import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';
import type { Leaving } from './current.js';
import { ABANDON_AFTER_MS, REFUSALS } from './patience.js';
import type { Task } from './task.js';
import { TaskCancelled } from './task-cancelled.js';

/**
 * Sees to it that a generator which was left in the middle of its task ends, as an abort does for a whole task.
 *
 * JavaScript forgets a `return()` when an inner generator's `finally` waits: the outer body runs on. So what it
 * begins later than a cleanup may take is refused, and after a hundred refusals it is not waited for any more.
 */
export class Eviction implements Leaving {
  readonly #task: Task<unknown> | null;
  readonly #sinceMs: number;
  #refusals = 0;
  abandoned = false;

  constructor(task: Task<unknown> | null) {
    this.#task = task;
    this.#sinceMs = this.#nowMs();
  }

  mayBegin(): boolean {
    const task = this.#task;
    const afterMs = task?.attributes?.abandonAfterMs ?? ABANDON_AFTER_MS;
    if (afterMs === false || this.#nowMs() - this.#sinceMs <= afterMs) return true;
    this.#refusals += 1;
    if (this.#refusals <= REFUSALS) throw new TaskCancelled(task?.id ?? 0);
    this.#abandon();
    return false;
  }

  #abandon(): void {
    if (this.abandoned) return;
    this.abandoned = true;
    const { id, name } = this.#task ?? { id: 0, name: undefined };
    const whose = name === undefined ? `task ${id}` : `task ${id} "${printable(name)}"`;
    writeStderr(
      `heddle: a branch of ${whose} was abandoned: it went on through ${REFUSALS} operations that were refused after it had lost\n`,
    );
  }

  #nowMs(): number {
    return this.#task === null ? performance.now() : this.#task.owner.nowMs();
  }
}
