import { existsSync } from 'node:fs';
import type { CountedEvent } from '../../trace-event.js';
import { threadsOf } from '../proc-threads.js';
import { codeOf, Refused } from '../refused.js';
import type { Watch, Watched } from '../watch.js';
import { ThreadCounters } from './thread-counters.js';

/**
 * Reads the kernel's counters of every thread of a process at each look. Any user may, for any process that `/proc`
 * shows. Throws a `Refused` where there are no counters.
 *
 * Of a stretch in which nothing changed, the first and the last reading are kept: from these two it can be told that
 * the thread slept all the while.
 */
export function watchCounted(pid: number): Watch {
  const threads = threadsOf(pid);
  if (!existsSync(`/proc/${pid}/schedstat`)) {
    throw new Refused(
      'this kernel does not count the time of its threads: it was built without CONFIG_SCHED_INFO',
    );
  }
  return new CountedWatch(pid, threads);
}

class CountedWatch implements Watch {
  readonly level = 'counted';
  readonly #pid: number;
  readonly #threads = new Map<number, Counted>();
  readonly #events: CountedEvent[] = [];
  #uncounted = 0;

  constructor(pid: number, threads: readonly number[]) {
    this.#pid = pid;
    this.#look(threads);
  }

  look(): void {
    try {
      this.#look(threadsOf(this.#pid));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#look([]);
    }
  }

  finish(): Watched {
    this.look();
    for (const { counters, unsaid } of this.#threads.values()) {
      if (unsaid !== undefined) this.#events.push(unsaid);
      counters.close();
    }
    this.#threads.clear();
    // A reading that was held back is older than those of other threads before it.
    const events = this.#events.sort((one, other) => one.t - other.t);
    return { events, threadNames: {}, lost: this.#uncounted, malformed: 0 };
  }

  #look(threads: readonly number[]): void {
    for (const tid of threads) if (!this.#threads.has(tid)) this.#add(tid);
    for (const [tid, counted] of this.#threads) this.#read(tid, counted);
  }

  #add(tid: number): void {
    try {
      this.#threads.set(tid, {
        counters: new ThreadCounters(this.#pid, tid),
        said: undefined,
        unsaid: undefined,
      });
    } catch (error) {
      // Either it is gone already, or it is one more than this process may have files of.
      if (!isGone(error)) this.#uncounted += 1;
    }
  }

  #read(tid: number, counted: Counted): void {
    let event: CountedEvent;
    try {
      event = counted.counters.read();
    } catch (error) {
      if (!isGone(error)) throw error;
      if (counted.unsaid !== undefined) this.#events.push(counted.unsaid);
      counted.counters.close();
      this.#threads.delete(tid);
      return;
    }
    if (counted.said !== undefined && isSame(counted.said, event)) {
      counted.unsaid = event;
      return;
    }
    if (counted.unsaid !== undefined) this.#events.push(counted.unsaid);
    counted.said = event;
    counted.unsaid = undefined;
    this.#events.push(event);
  }
}

interface Counted {
  readonly counters: ThreadCounters;
  /** The last reading that is among the events, and the last one that says nothing new. */
  said: CountedEvent | undefined;
  unsaid: CountedEvent | undefined;
}

/** Whether nothing was counted between two readings. */
function isSame(one: CountedEvent, other: CountedEvent): boolean {
  return one.runNs === other.runNs && one.slices === other.slices && one.waitNs === other.waitNs;
}

function isGone(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ESRCH';
}
