import type { CountedEvent, TraceEvent } from '../trace-event.js';
import type { KernelThread } from './kernel-thread.js';
import type { KernelThreads } from './kernel-threads.js';

/** What is known of one thread before its lane is drawn. */
export interface SeenThread {
  /** Undefined for one that only the kernel saw. */
  readonly thread: number | undefined;
  readonly firstNs: number;
  lastNs: number;
  exitNs: number | undefined;
  name: string | undefined;
  tid: number | undefined;
  kernel: KernelThread | undefined;
  counts: readonly CountedEvent[];
}

/** The threads of a recording by their places, each put together with what the kernel saw of it. */
export class SeenThreads {
  readonly #byPlace = new Map<number, SeenThread>();
  readonly #counts = new Map<number, CountedEvent[]>();

  /** Notes that something happened on the thread at this place. */
  at(place: number, atNs: number): SeenThread {
    let seen = this.#byPlace.get(place);
    if (seen === undefined) {
      seen = unknown(place, undefined, atNs);
      this.#byPlace.set(place, seen);
    }
    seen.lastNs = atNs;
    return seen;
  }

  /** It said who it is. The first word counts, and a thread of the kernel's is one of ours once. */
  introduce(event: TraceEvent & { k: 'thread' }, kernel: KernelThread | undefined): void {
    const seen = this.at(event.thread, event.t);
    seen.name ??= event.name;
    if (seen.tid !== undefined || event.tid === undefined) return;
    seen.tid = event.tid;
    if (kernel === undefined || kernel.place !== undefined) return;
    kernel.place = event.thread;
    seen.kernel = kernel;
  }

  count(event: CountedEvent): void {
    const counts = this.#counts.get(event.tid);
    if (counts === undefined) this.#counts.set(event.tid, [event]);
    else counts.push(event);
  }

  /** When the thread at this place ended, where it has. */
  endOf(place: number): number | undefined {
    const seen = this.#byPlace.get(place);
    if (seen?.kernel?.isGone === true) return seen.kernel.toNs;
    return seen?.exitNs;
  }

  /** By their places, then those that only the kernel saw, as it saw them. */
  all(kernel: KernelThreads): readonly SeenThread[] {
    const ours = [...this.#byPlace.values()].sort((one, other) => one.thread! - other.thread!);
    for (const seen of ours) {
      if (seen.tid === undefined) continue;
      seen.counts = this.#counts.get(seen.tid) ?? [];
      this.#counts.delete(seen.tid);
    }
    const seenExactly = kernel.all
      .filter((thread) => thread.place === undefined && thread.slices.length > 0)
      .map((thread) => ({ ...unknown(undefined, thread.tid, thread.fromNs), kernel: thread }));
    const counted = Array.from(this.#counts, ([tid, counts]) => ({
      ...unknown(undefined, tid, counts[0]!.t),
      counts,
    }));
    return [...ours, ...seenExactly, ...counted];
  }
}

function unknown(thread: number | undefined, tid: number | undefined, atNs: number): SeenThread {
  return {
    thread,
    firstNs: atNs,
    lastNs: atNs,
    exitNs: undefined,
    name: undefined,
    tid,
    kernel: undefined,
    counts: [],
  };
}
