import { closeSync, openSync, readSync } from 'node:fs';
import type { CountedEvent } from '../../trace-event.js';

/**
 * What `/proc` counts for one thread, on files that stay open: reading one again takes a fiftieth of opening it.
 */
export class ThreadCounters {
  readonly #tid: number;
  readonly #files: readonly number[];

  /** Throws what the file system does, `ENOENT` for a thread that is gone already. */
  constructor(pid: number, tid: number) {
    this.#tid = tid;
    const files: number[] = [];
    this.#files = files;
    try {
      for (const name of ['schedstat', 'stat', 'status']) {
        files.push(openSync(`/proc/${pid}/task/${tid}/${name}`, 'r'));
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Its counters now. Throws `ESRCH` when the thread is gone. */
  read(): CountedEvent {
    const t = Number(process.hrtime.bigint());
    const [schedstat, stat, status] = this.#files.map(textOf) as [string, string, string];
    const [runNs = 0, waitNs = 0, slices = 0] = schedstat.split(' ').map(Number);
    return {
      k: 'count',
      t,
      tid: this.#tid,
      cpu: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[CPU_FIELD]),
      runNs,
      waitNs,
      slices,
      voluntary: Number(VOLUNTARY.exec(status)?.[1] ?? 0),
      involuntary: Number(INVOLUNTARY.exec(status)?.[1] ?? 0),
    };
  }

  close(): void {
    for (const file of this.#files) closeSync(file);
  }
}

/** The 39th field of `stat`, counted from the one behind the name, which is the third. */
const CPU_FIELD = 36;
const VOLUNTARY = /^voluntary_ctxt_switches:\s*(\d+)$/m;
const INVOLUNTARY = /^nonvoluntary_ctxt_switches:\s*(\d+)$/m;

const buffer = Buffer.alloc(8 * 1024);

function textOf(file: number): string {
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
}
