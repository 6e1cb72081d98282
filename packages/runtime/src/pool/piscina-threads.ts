import type { MessagePort, ResourceLimits, Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { invariant } from '../base/invariant.js';
import { LONGEST_MS } from '../base/timeout.js';
import { hasInputType } from '../thread/worker-options.js';
import type { Transferred } from '../wire/payload.js';
import type { PoolCall } from '../wire/pool-call.js';
import type { PoolStart } from '../wire/pool-messages.js';

/**
 * The one place that knows piscina: it makes and removes threads, carries a job to one and the answer back, and
 * notices a death.
 *
 * What is ours instead, and why:
 *
 * - The queue. piscina's own waits for a thread that may never come: one that fails to start is not replaced for the
 *   jobs that are waiting. Ours holds every job until a thread has said that it is ready, so piscina is given a
 *   queue that takes nothing, and asked for a thread by a job that nobody can take.
 * - Who runs what. The load balancer answers with the thread that we have chosen: we know then whom to terminate.
 * - Aborts. A task with a signal goes through another queue of piscina's, out of turn, and ends its thread at once.
 * - What holds the process. piscina's port to a busy thread does, of which a detached job must be free; the port
 *   hangs on the load balancer's argument, under a symbol that has no name.
 *
 * `atomics: 'disabled'`, since otherwise the event loop of an idle thread stands still: no timer, no socket.
 */
export class PiscinaThreads {
  readonly #pool: Piscina<PoolCall | undefined, unknown>;
  readonly #known = new WeakSet<Worker>();
  #chosen: number | undefined;

  constructor(options: PiscinaOptions, events: PiscinaEvents) {
    const { maxThreads, idleTimeoutMs, resourceLimits, start } = options;
    this.#pool = new Piscina({
      filename: POOL_MAIN.href,
      name: 'poolJob',
      minThreads: 0,
      maxThreads,
      idleTimeout: idleTimeoutMs < LONGEST_MS ? idleTimeoutMs : Number.POSITIVE_INFINITY,
      atomics: 'disabled',
      stricterFIFO: true,
      recordTiming: false,
      taskQueue: TAKES_NOTHING,
      loadBalancer: (_, members) => this.#choose(members),
      workerData: start,
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
      ...(hasInputType(process.execArgv) ? { execArgv: [] } : {}),
    });
    // Whoever keeps a thread listens to it; without a listener here a late error would end the process.
    this.#pool.on('error', () => undefined);
    // Said a moment before piscina itself counts the thread among those that it chooses from.
    this.#pool.on('workerCreate', (member: Member) => {
      // Nobody else listens, and a task whose answer cannot be read would be waited for ever.
      portOf(member)?.on('messageerror', (error) => events.unreadable(member.id, error));
      queueMicrotask(() => events.ready(member.id, member));
    });
    this.#pool.on('workerDestroy', (member: Member) => events.leaving(member.id));
  }

  /** Starts a thread. Throws what Node does when it cannot. */
  start(): Worker {
    if (this.#unknown() === undefined) {
      // A job that nobody can take: it never settles, and nobody holds it.
      void this.#pool.run(undefined);
    }
    const worker = this.#unknown();
    invariant(worker !== undefined, 'piscina has started no thread');
    this.#known.add(worker);
    return worker;
  }

  /**
   * Sends a job to an idle thread. The promise gives what the thread returned; it rejects when the thread dies.
   *
   * Gives `undefined` when piscina does not have the thread any more.
   */
  give(threadId: number, call: PoolCall, transfer: readonly Transferred[]): Promise<unknown> | undefined {
    this.#chosen = threadId;
    const answer = this.#pool.run(call, transfer.length === 0 ? NO_OPTIONS : { transferList: [...transfer] });
    const wasTaken = this.#chosen === undefined;
    this.#chosen = undefined;
    return wasTaken ? answer : undefined;
  }

  /** Lets the process end although this thread is at work. */
  unref(member: Member): void {
    portOf(member)?.unref();
  }

  /** Ends all threads, and waits until they are gone. */
  destroy(): Promise<void> {
    return this.#pool.destroy();
  }

  /** A thread that nobody keeps yet. */
  #unknown(): Worker | undefined {
    return this.#pool.threads.find((worker) => !this.#known.has(worker));
  }

  #choose<M extends Member>(members: readonly M[]): M | null {
    for (const member of members) {
      if (member.id !== this.#chosen) continue;
      this.#chosen = undefined;
      return member;
    }
    return null;
  }
}

export interface PiscinaOptions {
  readonly maxThreads: number;
  readonly idleTimeoutMs: number;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly start: PoolStart;
}

/** What is heard of threads, by their `threadId`. */
export interface PiscinaEvents {
  /** It can be given a job. */
  ready(threadId: number, member: Member): void;
  /** It sent something that cannot be read here. */
  unreadable(threadId: number, error: unknown): void;
  /** It is being terminated: idle for too long, or dead. Its worker's `exit` comes later. */
  leaving(threadId: number): void;
}

/** piscina's port to a thread, which it keeps under a symbol that has no name. */
function portOf(member: Member): MessagePort | undefined {
  const [inside] = Object.getOwnPropertySymbols(member);
  if (inside === undefined) return undefined;
  return (member as unknown as Record<symbol, { readonly port?: MessagePort }>)[inside]?.port;
}

/** A thread as piscina shows it. */
export interface Member {
  readonly id: number;
}

const POOL_MAIN = new URL('../worker/pool-main.js', import.meta.url);
const NO_OPTIONS = {};

const TAKES_NOTHING = {
  size: 0,
  push: () => undefined,
  unshift: () => undefined,
  shift: () => null,
  remove: () => undefined,
};
