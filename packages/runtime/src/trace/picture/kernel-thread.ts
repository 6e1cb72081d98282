import type { OffReason, Waker } from '../trace-event.js';
import type { ThreadSlice, ThreadState } from './picture.js';

/**
 * One thread as the kernel saw it: what it did, without a gap, from its first known moment to its end.
 *
 * Two things are known only by what comes next. A thread may be woken while it is on its way to sleep, on another
 * CPU: that wake-up is in the trace before the switch, and the thread has slept only if a second one follows. And
 * where the end of a time on a CPU was lost, another thread has the CPU, while this one may be asleep or not. In
 * both cases it is taken for asleep until it has a CPU again without having been woken: then it wanted one all along.
 */
export class KernelThread {
  readonly tid: number;
  fromNs: number;
  toNs: number = Number.NaN;
  readonly slices: ThreadSlice[] = [];
  /** Its place in the recording, where it has one. */
  place: number | undefined;
  preemptions = 0;
  /**
   * How often it went on on another CPU. Counted from where it was, not from what the kernel says of moves: it says so
   * of those alone that happen while a thread of ours runs, and not where another program's wake-up or tick moves it.
   */
  migrations = 0;
  #now: Writable<ThreadSlice> | undefined;
  #lastCpu: number | undefined;
  /** Whether it may have wanted a CPU while it is taken for asleep, and who woke it then. */
  #unsure = false;
  #wokenEarlyBy: Waker | undefined;
  #wokenBy: Waker | undefined;

  /** `fromNs` is how far back its state at its first event reaches. */
  constructor(tid: number, fromNs: number) {
    this.tid = tid;
    this.fromNs = fromNs;
  }

  /** Undefined before its first event. */
  get state(): ThreadState | undefined {
    return this.#now?.state;
  }

  get cpu(): number | undefined {
    return this.#now?.cpu;
  }

  get isGone(): boolean {
    return !Number.isNaN(this.toNs);
  }

  /** Says what it has been doing since its beginning, where that is not known yet. */
  wasAlways(state: ThreadState, cpu?: number): void {
    this.#lastCpu ??= cpu;
    this.#now ??= { fromNs: this.fromNs, toNs: this.fromNs, state, ...(cpu !== undefined && { cpu }) };
  }

  /** It has a CPU. */
  run(atNs: number, cpu: number): void {
    this.wasAlways('runnable');
    if (this.#now?.state === 'asleep' && (this.#unsure || this.#wokenEarlyBy !== undefined)) {
      this.#now.state = 'runnable';
      if (this.#wokenEarlyBy !== undefined) this.#now.wokenBy = this.#wokenEarlyBy;
    }
    this.#turnTo('running', atNs);
    if (this.#now !== undefined) this.#now.cpu = cpu;
    if (this.#lastCpu !== undefined && this.#lastCpu !== cpu) this.migrations += 1;
    this.#lastCpu = cpu;
    this.#wokenEarlyBy = undefined;
  }

  /** It has its CPU no more. */
  leave(atNs: number, why: OffReason, by: number | 'other' | 'idle'): void {
    const had = this.#now?.state === 'running' ? this.#now : this.#lostAt(atNs);
    if (had !== undefined) {
      had.why = why;
      had.by = by;
    }
    if (why === 'preempted') this.preemptions += 1;
    this.#turnTo(why === 'preempted' ? 'runnable' : 'asleep', atNs);
  }

  /** Somebody else has its CPU, and nobody has said why. */
  lose(atNs: number): void {
    this.#turnTo('asleep', atNs);
    this.#unsure = true;
  }

  wake(atNs: number, by: Waker): void {
    this.wasAlways('asleep');
    if (this.#now?.state === 'running') {
      this.#wokenEarlyBy = by;
    } else if (this.#now?.state === 'asleep') {
      this.#wokenBy = by;
      this.#turnTo('runnable', atNs);
      this.#wokenEarlyBy = undefined;
    }
  }

  end(atNs: number): void {
    this.#close(atNs);
    this.#now = undefined;
    this.toNs = Math.max(this.fromNs, atNs);
  }

  /** The slice whose end on its CPU was noticed at this very moment, before its own event said why. */
  #lostAt(atNs: number): Writable<ThreadSlice> | undefined {
    const last = this.slices.at(-1);
    if (!this.#unsure || this.#now?.fromNs !== atNs || last?.state !== 'running') return undefined;
    return last;
  }

  #turnTo(state: ThreadState, atNs: number): void {
    this.#close(atNs);
    this.#now = { fromNs: atNs, toNs: atNs, state };
    this.#unsure = false;
    if (this.#wokenBy === undefined || state === 'asleep') return;
    this.#now.wokenBy = this.#wokenBy;
  }

  #close(atNs: number): void {
    const now = this.#now;
    if (now === undefined || atNs <= now.fromNs) return;
    now.toNs = atNs;
    this.slices.push(now);
    // It goes with the first interval after the sleep that took any time.
    if (now.state !== 'asleep') this.#wokenBy = undefined;
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
