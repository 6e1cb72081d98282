import type { TaskKey } from '@heddle/runtime/trace';
import type { RowName } from '../lesson.js';
import type { Row } from '../rows.js';
import { IDLE, INTERRUPT, NONE, OTHER } from './page-data.js';

/** Where each thing is among the rows of its run. */
export class Places {
  readonly #cpus = new Map<number, number>();
  readonly #threads = new Map<number, number>();
  readonly #tids = new Map<number, number>();
  readonly #tasks = new Map<TaskKey, number>();

  constructor(rows: readonly Row[]) {
    for (const [place, row] of rows.entries()) {
      switch (row.kind) {
        case 'cpu':
          this.#cpus.set(row.lane.cpu, place);
          break;
        case 'thread':
          if (row.lane.thread !== undefined) this.#threads.set(row.lane.thread, place);
          if (row.lane.tid !== undefined) this.#tids.set(row.lane.tid, place);
          for (const tid of row.folds ?? []) this.#tids.set(tid, place);
          break;
        case 'task':
          this.#tasks.set(row.lane.task, place);
          break;
        case 'counter':
          break;
      }
    }
  }

  task(key: TaskKey | undefined): number {
    return key === undefined ? NONE : (this.#tasks.get(key) ?? NONE);
  }

  thread(thread: number | undefined): number {
    return thread === undefined ? NONE : (this.#threads.get(thread) ?? NONE);
  }

  tid(tid: number | 'other' | 'idle' | 'interrupt' | undefined): number {
    if (tid === undefined) return NONE;
    if (tid === 'idle') return IDLE;
    if (tid === 'interrupt') return INTERRUPT;
    return tid === 'other' ? OTHER : (this.#tids.get(tid) ?? OTHER);
  }

  named(name: RowName): number {
    if ('cpu' in name) return this.#cpus.get(name.cpu) ?? NONE;
    if ('thread' in name) return this.thread(name.thread);
    return 'tid' in name ? (this.#tids.get(name.tid) ?? NONE) : this.task(name.task);
  }
}
