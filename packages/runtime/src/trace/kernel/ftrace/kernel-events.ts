import type { KernelEvent, OffReason, Waker } from '../../trace-event.js';
import type { FtraceLine } from './ftrace-line.js';

/**
 * Makes events of ours from the kernel's: what it did with the threads of one process, which are `threads` and those
 * that they make. Other programs appear as `other`, without a name or a number.
 *
 * Where the kernel lost something, `fromNs` is the moment from which on its trace is whole; what was before is used
 * to know the threads, and left out.
 *
 * From there on the events of one thread take turns: on a CPU, off it, and if it slept a waking before the next `on`;
 * `gone` is the last. No two threads are on one CPU. The kernel's own events are less tidy:
 *
 * - A thread can be woken on its CPU, on its way to sleep, and mostly does not sleep then. But when it leaves the CPU
 *   as asleep all the same, and comes back with no other waking, that one was it: it wanted a CPU as soon as it left.
 * - A switch may be missing. Virtual machines were seen whose second CPU never says that it is idle no longer. Each
 *   line names the thread that has the CPU, so what was not said shows a little later. Such events are `inferred`.
 *   A thread is then taken to have come at the first moment at which it wanted the CPU and nobody known had it.
 * - `sched_process_exit` comes before the last switch of a thread, with others between.
 */
export function kernelEvents(
  lines: readonly FtraceLine[],
  threads: Iterable<number>,
  fromNs: number = Number.NEGATIVE_INFINITY,
): KernelTrace {
  const reading = new Reading(threads);
  for (const line of lines) {
    reading.add(line);
    if (line.atNs < fromNs) reading.forget();
  }
  return reading.end(lines.at(-1)?.atNs ?? 0);
}

interface KernelTrace {
  readonly events: readonly KernelEvent[];
  /** The last name of each thread that was seen, by its tid. */
  readonly threadNames: Readonly<Record<number, string>>;
}

/** What is known of a thread so far. */
interface Known {
  is: 'unseen' | 'on' | 'ready' | 'asleep' | 'left';
  /** On which CPU it is or was last. */
  cpu: number;
  sinceNs: number;
  /** Kept free, at that moment, for what is not known of it yet. */
  place: number;
  /** Who woke it while it was on its CPU. */
  early: Waker | undefined;
  /** It has begun to exit. */
  ends: boolean;
}

/** An event, and its place among those of the same moment. */
interface Placed {
  readonly event: KernelEvent;
  readonly place: number;
}

class Reading {
  readonly #threads = new Map<number, Known>();
  /** The first threads of processes that one of ours has made: others, all of them. */
  readonly #processes = new Set<number>();
  readonly #names = new Map<number, string>();
  /** Who has each CPU, ours or not, and since when. */
  readonly #cpus = new Map<number, { readonly tid: number; readonly sinceNs: number }>();
  /** Not in order: what is inferred is known late. */
  #events: Placed[] = [];
  #places = 0;

  constructor(threads: Iterable<number>) {
    for (const tid of threads) this.#threads.set(tid, unseen(false));
  }

  add(line: FtraceLine): void {
    this.#infer(line);
    switch (line.kind) {
      case 'switch':
        this.#switch(line);
        return;
      case 'waking':
        this.#waking(line);
        return;
      case 'migrate':
        this.#migrate(line);
        return;
      case 'make':
        if (!line.isThread) this.#processes.add(line.made.tid);
        return;
      case 'fork':
        this.#fork(line);
        return;
      case 'exit': {
        const known = this.#known(line.ended.tid, line.ended.comm);
        if (known !== undefined) known.ends = true;
        return;
      }
      case 'mark':
        return;
    }
  }

  /** Keeps the threads and their names, and nothing of what they did. */
  forget(): void {
    this.#events = [];
    this.#cpus.clear();
    for (const [tid, { is, ends }] of this.#threads)
      if (is !== 'unseen') this.#threads.set(tid, unseen(ends));
  }

  end(atNs: number): KernelTrace {
    for (const [tid, known] of this.#threads) {
      if (known.is === 'left') this.#left(tid, known, 'asleep');
      // One that has begun to exit and is asleep, or waits for a CPU, is still there when the trace ends.
      if (known.ends && known.is === 'on') this.#add({ k: 'gone', t: atNs, tid });
    }
    const placed = this.#events.sort((one, other) => one.event.t - other.event.t || one.place - other.place);
    return { events: placed.map(({ event }) => event), threadNames: Object.fromEntries(this.#names) };
  }

  /** Makes up for switches that were not said: `line` tells who has the CPU. */
  #infer({ atNs, cpu, currentTid }: FtraceLine): void {
    const had = this.#cpus.get(cpu);
    if (had?.tid === currentTid) return;
    const replaced = this.#threads.get(had?.tid ?? -1);
    if (had !== undefined && replaced?.is === 'on' && replaced.cpu === cpu) {
      this.#leave(replaced, atNs);
      if (replaced.ends) {
        this.#left(had.tid, replaced, 'exited');
        this.#gone(had.tid, atNs);
      }
    }
    const known = this.#threads.get(currentTid);
    if (known !== undefined && known.is !== 'unseen') {
      const isFreeNs = replaced !== undefined ? atNs : (had?.sinceNs ?? 0);
      const isUnsaid = known.is === 'on' || (known.is === 'asleep' && known.early === undefined);
      const isReadyNs = isUnsaid ? atNs : known.sinceNs;
      this.#come(currentTid, known, cpu, Math.max(isFreeNs, isReadyNs), { inferred: true });
    }
    this.#cpus.set(cpu, { tid: currentTid, sinceNs: atNs });
  }

  /** A thread has left the CPU, and nobody said when and why. Its next event will tell. */
  #leave(known: Known, atNs: number): void {
    known.is = 'left';
    known.sinceNs = atNs;
    known.place = this.#newPlace();
  }

  #left(tid: number, known: Known, why: OffReason): void {
    const { cpu, sinceNs: t, place } = known;
    this.#add({ k: 'off', t, tid, cpu, why, by: 'other', inferred: true }, place);
  }

  #switch({ atNs: t, cpu, prev, state, next }: Line<'switch'>): void {
    const left = this.#known(prev.tid, prev.comm);
    const came = this.#known(next.tid, next.comm);
    this.#cpus.set(cpu, { tid: next.tid, sinceNs: t });
    if (left !== undefined) {
      const why = offReason(state);
      const by = next.tid === 0 ? 'idle' : came === undefined ? 'other' : next.tid;
      this.#add({ k: 'off', t, tid: prev.tid, cpu, why, by });
      left.is = why === 'preempted' ? 'ready' : 'asleep';
      left.sinceNs = t;
      left.place = this.#newPlace();
      if (why === 'preempted') left.early = undefined;
      if (why === 'exited') this.#gone(prev.tid, t);
    }
    if (came !== undefined) this.#come(next.tid, came, cpu, t, {});
  }

  #come(tid: number, known: Known, cpu: number, t: number, said: { readonly inferred?: true }): void {
    if (known.is === 'on') this.#leave(known, t);
    if (known.is === 'left') this.#left(tid, known, 'preempted');
    if (known.is === 'asleep' && known.early !== undefined)
      this.#add({ k: 'waking', t: known.sinceNs, tid, by: known.early }, known.place);
    known.is = 'on';
    known.cpu = cpu;
    known.sinceNs = t;
    known.early = undefined;
    this.#add({ k: 'on', t, tid, cpu, ...said });
  }

  #waking(line: Line<'waking'>): void {
    const { tid, comm } = line.woken;
    const known = this.#known(tid, comm);
    if (known === undefined || known.is === 'ready') return;
    const by = this.#waker(line);
    if (known.is === 'on') {
      known.early = by;
      return;
    }
    if (known.is === 'left') this.#left(tid, known, 'asleep');
    known.is = 'ready';
    known.sinceNs = line.atNs;
    known.early = undefined;
    this.#add({ k: 'waking', t: line.atNs, tid, by });
  }

  #migrate({ atNs: t, moved: { tid, comm }, from, to }: Line<'migrate'>): void {
    if (this.#known(tid, comm) === undefined || from === to) return;
    this.#add({ k: 'migrate', t, tid, from, to });
  }

  #fork({ atNs: t, parent, child: { tid, comm } }: Line<'fork'>): void {
    if (this.#processes.delete(tid) || !this.#threads.has(parent.tid)) return;
    if (!this.#threads.has(tid)) this.#threads.set(tid, unseen(false));
    this.#known(tid, comm);
    this.#add({ k: 'fork', t, tid, by: parent.tid });
  }

  #gone(tid: number, t: number): void {
    this.#add({ k: 'gone', t, tid });
    this.#threads.delete(tid);
  }

  #waker({ inInterrupt, currentTid }: Line<'waking'>): Waker {
    if (inInterrupt) return 'interrupt';
    return this.#threads.has(currentTid) ? currentTid : 'other';
  }

  #add(event: KernelEvent, place: number = this.#newPlace()): void {
    this.#events.push({ event, place });
  }

  #newPlace(): number {
    this.#places += 1;
    return this.#places;
  }

  /** A thread of ours, which is called so now; undefined for one of another program. */
  #known(tid: number, comm: string): Known | undefined {
    const known = this.#threads.get(tid);
    if (known !== undefined) this.#names.set(tid, Buffer.from(comm, 'latin1').toString());
    return known;
  }
}

type Line<K extends FtraceLine['kind']> = Extract<FtraceLine, { readonly kind: K }>;

function unseen(ends: boolean): Known {
  return { is: 'unseen', cpu: -1, sinceNs: Number.NEGATIVE_INFINITY, place: 0, early: undefined, ends };
}

/** Why a thread left its CPU, by the first letter of the state in which it did: `R` and `R+` are one. */
function offReason(state: string): OffReason {
  switch (state[0]) {
    case 'R':
      return 'preempted';
    case 'D':
      return 'disk';
    case 'X':
    case 'Z':
      return 'exited';
  }
  // Asleep, stopped, traced, parked, idle: what they share is that it does not want a CPU.
  return 'asleep';
}
