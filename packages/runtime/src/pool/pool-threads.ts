import { startTimeout } from '../base/timeout.js';
import { LEAVE_MS } from '../thread/job-end.js';
import { NOT_ASKED, type ThreadEnd } from '../thread/thread-end.js';
import { JobState } from '../wire/job-state.js';
import type { Transferred } from '../wire/payload.js';
import type { PoolCall } from '../wire/pool-call.js';
import { BackOff } from './back-off.js';
import type { Member, PiscinaEvents, PiscinaThreads } from './piscina-threads.js';
import type { PoolSize } from './pool-options.js';
import { PoolThread, type ThreadKeeper } from './pool-thread.js';

/** Hears of a pool's threads. */
export interface ThreadsUser {
  /** There is an idle thread, or another one may be asked for. */
  available(): void;
  /** A thread is gone, with the job that it had. */
  lost(thread: PoolThread): void;
  /** There is no thread, and none could be started. */
  unavailable(why: ThreadEnd): void;
}

/**
 * The threads of one pool: starts them when they are wanted, and knows which are idle.
 *
 * piscina is loaded with the first: a program that has no blocking job pays nothing for it.
 *
 * A thread that cannot be started, or that is not ready within 30 s, is tried again after 100 ms to 10 s. When there
 * is no other thread, whoever waits is told each time, so that nobody waits for what does not come.
 */
export class PoolThreads implements ThreadKeeper, PiscinaEvents {
  readonly #user: ThreadsUser;
  readonly #size: PoolSize;
  readonly #slots: SharedArrayBuffer;
  readonly #freeSlots: number[];
  readonly #threads = new Map<number, PoolThread>();
  readonly #backOff = new BackOff(() => this.#user.available());
  readonly #idle: PoolThread[] = [];
  #starting = 0;
  #loading: Promise<PiscinaThreads | undefined> | undefined;
  #piscina: PiscinaThreads | undefined;
  #ended = false;

  constructor(user: ThreadsUser, size: PoolSize) {
    this.#user = user;
    this.#size = size;
    this.#slots = JobState.slots(size.maxThreads);
    this.#freeSlots = Array.from({ length: size.maxThreads }, (_, slot) => slot).reverse();
  }

  /** How many can be given jobs or have one. */
  get alive(): number {
    return this.#threads.size - this.#starting;
  }

  get idle(): number {
    return this.#idle.length;
  }

  get all(): Iterable<PoolThread> {
    return this.#threads.values();
  }

  /** Takes the thread that was idle last: one that nobody needs gets its time-out. */
  takeIdle(): PoolThread | undefined {
    return this.#idle.pop();
  }

  /** The thread has done with its job, and nobody has another one. */
  rest(thread: PoolThread): void {
    if (!thread.isLeaving) this.#idle.push(thread);
  }

  /** Starts threads for jobs that wait, as many as there may be. */
  startFor(waiting: number): void {
    if (this.#ended || this.#backOff.isWaiting) return;
    if (this.#piscina === undefined) {
      this.#load();
      return;
    }
    while (this.#starting < waiting && this.#freeSlots.length > 0) if (!this.#start(this.#piscina)) return;
  }

  /** Sends a job to a thread. `undefined` when the thread is no longer there, and the job has gone nowhere. */
  give(thread: PoolThread, call: PoolCall, transfer: readonly Transferred[]): Promise<unknown> | undefined {
    return this.#piscina?.give(thread.id, call, transfer);
  }

  /** Lets the process end although this thread is at work. */
  unref({ member }: PoolThread): void {
    if (member !== undefined) this.#piscina?.unref(member);
  }

  /** Ends all threads, and waits until they are gone. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#backOff.succeeded();
    await this.#loading;
    // One that sits in a system call is not gone before that returns.
    const leaveTime = new Promise<void>((resolve) => startTimeout(LEAVE_MS, resolve));
    await Promise.race([this.#piscina?.destroy(), leaveTime]);
  }

  ready(threadId: number, member: Member): void {
    const thread = this.#threads.get(threadId);
    if (thread === undefined || thread.isLeaving) return;
    thread.isReady(member);
    this.#starting -= 1;
    this.#backOff.succeeded();
    this.#idle.push(thread);
    this.#user.available();
  }

  unreadable(threadId: number, error: unknown): void {
    this.#threads.get(threadId)?.cannotRead(error);
  }

  leaving(threadId: number): void {
    const thread = this.#threads.get(threadId);
    if (thread === undefined) return;
    thread.isLeaving = true;
    this.#forgetIdle(thread);
  }

  gone(thread: PoolThread): void {
    this.#threads.delete(thread.id);
    this.#freeSlots.push(thread.slot);
    this.#forgetIdle(thread);
    if (thread.member === undefined) {
      this.#starting -= 1;
      this.#failed(thread.endOf(NOT_ASKED));
    } else this.#user.lost(thread);
    this.#user.available();
  }

  #load(): void {
    this.#loading ??= import('./piscina-threads.js').then(
      ({ PiscinaThreads }) => {
        if (this.#ended) return undefined;
        const { maxThreads, idleTimeoutMs, resourceLimits } = this.#size;
        const options = { maxThreads, idleTimeoutMs, resourceLimits, start: { slots: this.#slots } };
        this.#piscina = new PiscinaThreads(options, this);
        this.#user.available();
        return this.#piscina;
      },
      (error) => {
        this.#loading = undefined;
        this.#failed({ failed: { error }, started: false, abort: NOT_ASKED, exitCode: 0 });
        return undefined;
      },
    );
  }

  #start(piscina: PiscinaThreads): boolean {
    try {
      const worker = piscina.start();
      const thread = new PoolThread(worker, this.#slots, this.#freeSlots.pop() ?? 0, this);
      this.#threads.set(thread.id, thread);
      this.#starting += 1;
      thread.limitBoot(BOOT_MS);
      return true;
    } catch (error) {
      this.#failed({ failed: { error }, started: false, abort: NOT_ASKED, exitCode: 0 });
      return false;
    }
  }

  #failed(why: ThreadEnd): void {
    if (this.#ended) return;
    this.#backOff.failed();
    if (this.#threads.size === 0) this.#user.unavailable(why);
  }

  #forgetIdle(thread: PoolThread): void {
    const at = this.#idle.indexOf(thread);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}

/** How long a thread may take to be ready: a thousand times what it takes on a machine with nothing else to do. */
const BOOT_MS = 30_000;
