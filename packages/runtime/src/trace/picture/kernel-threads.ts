import type { KernelEvent } from '../trace-event.js';
import { Cpus } from './cpus.js';
import { KernelThread } from './kernel-thread.js';

/**
 * Threads and CPUs as the kernel's events tell of them. A thread has one CPU at most and a CPU one thread, whatever
 * the events say: a new holder ends the old one's time, and what comes after a thread's end is not believed.
 */
export class KernelThreads {
  /** All there were. A number that was given again, after its thread's end, is here twice. */
  readonly all: KernelThread[] = [];
  readonly cpus: Cpus = new Cpus();
  readonly #byTid = new Map<number, KernelThread>();
  readonly #sinceNs: number | undefined;

  /** `sinceNs` is the moment from which on each event of the kernel is known; left out where some were lost. */
  constructor(sinceNs: number | undefined) {
    this.#sinceNs = sinceNs;
  }

  /** The thread with this number that lives, or lived last. */
  of(tid: number, atNs: number): KernelThread {
    return this.#byTid.get(tid) ?? this.#begin(tid, this.#sinceNs ?? atNs);
  }

  take(event: KernelEvent): void {
    if (event.k === 'fork') {
      this.#fork(event.tid, event.t);
      return;
    }
    const thread = this.of(event.tid, event.t);
    if (thread.isGone) {
      if (event.k === 'off') this.#handOver(event);
      return;
    }
    switch (event.k) {
      case 'on':
        this.#on(thread, event.cpu, event.t);
        return;
      case 'off':
        this.#off(thread, event);
        return;
      case 'waking':
        thread.wake(event.t, event.by);
        return;
      case 'migrate':
        thread.wasAlways('runnable');
        return;
      case 'gone':
        thread.wasAlways('asleep');
        this.#end(thread, event.t);
        return;
    }
  }

  finish(endNs: number): void {
    for (const thread of this.all) if (!thread.isGone) thread.end(endNs);
  }

  #begin(tid: number, fromNs: number): KernelThread {
    const thread = new KernelThread(tid, fromNs);
    this.#byTid.set(tid, thread);
    this.all.push(thread);
    return thread;
  }

  #fork(tid: number, atNs: number): void {
    const known = this.#byTid.get(tid);
    if (known === undefined || known.isGone) this.#begin(tid, atNs).wasAlways('runnable');
  }

  #on(thread: KernelThread, cpu: number, atNs: number): void {
    if (thread.state === 'running') {
      if (thread.cpu === cpu) return;
      this.#leaveCpu(thread, atNs);
    }
    const holder = this.cpus.holderOf(cpu);
    if (typeof holder === 'number') this.#byTid.get(holder)?.lose(atNs);
    this.cpus.take(cpu, thread.tid, atNs);
    thread.run(atNs, cpu);
  }

  #off(thread: KernelThread, event: KernelEvent & { k: 'off' }): void {
    if (thread.state === undefined) {
      thread.fromNs = this.cpus.hadSince(event.cpu, thread.tid, thread.fromNs, event.t);
      thread.wasAlways('running', event.cpu);
    } else if (thread.state === 'running') {
      this.#leaveCpu(thread, event.t);
    }
    thread.leave(event.t, event.why, event.by);
    if (event.why === 'exited') this.#end(thread, event.t);
    this.#handOver(event);
  }

  #end(thread: KernelThread, atNs: number): void {
    this.#leaveCpu(thread, atNs);
    thread.end(atNs);
  }

  #leaveCpu(thread: KernelThread, atNs: number): void {
    if (thread.cpu !== undefined) this.cpus.leave(thread.cpu, thread.tid, atNs);
  }

  /** A thread of ours says by itself that it has a CPU; another program has nobody else to say so. */
  #handOver({ cpu, by, t }: KernelEvent & { k: 'off' }): void {
    if (by === 'other' && this.cpus.holderOf(cpu) === undefined) this.cpus.take(cpu, 'other', t);
  }
}
