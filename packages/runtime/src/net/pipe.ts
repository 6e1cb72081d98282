import type { Waker } from '../task/pollable.js';
import { ByteQueue } from './byte-queue.js';

/**
 * One direction of a `duplex`: bytes between who writes at one end and who reads at the other.
 *
 * It holds at most so many bytes, or as many as who reads waits for. What was written stays here until the poll that
 * reads it, so a read that is left loses nothing.
 */
export class Pipe {
  readonly #queue = new ByteQueue();
  readonly #maxBytes: number;
  readonly #waiters = new Set<Waker>();
  #wanted = 0;
  #isEnded = false;
  #isRefusing = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get byteLength(): number {
    return this.#queue.byteLength;
  }

  /** Whether nothing more will be written; something may still be here. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether nobody will read any more. */
  get isRefusing(): boolean {
    return this.#isRefusing;
  }

  /** Takes a copy of the first bytes, as many as there is room for, and says how many that were. */
  write(bytes: Uint8Array): number {
    const room = Math.max(this.#maxBytes, this.#wanted) - this.#queue.byteLength;
    const count = Math.min(Math.max(room, 0), bytes.byteLength);
    if (count === 0) return 0;
    // Copied, since the memory is the writer's again when the write has ended. A Buffer's slice would not.
    this.#queue.push(Uint8Array.prototype.slice.call(bytes, 0, count));
    this.#wakeAll();
    return count;
  }

  take(): Uint8Array | undefined {
    const chunk = this.#queue.take();
    if (chunk !== undefined) this.#wakeAll();
    return chunk;
  }

  /** Takes `count` bytes, which must be here. */
  takeExactly(count: number): Uint8Array {
    const bytes = this.#queue.takeExactly(count);
    this.#wakeAll();
    return bytes;
  }

  /** Says that somebody waits until `count` bytes are here; 0 takes it back. */
  wants(count: number): void {
    if (count > this.#wanted) this.#wakeAll();
    this.#wanted = count;
  }

  /** Ends it at the end that writes. */
  end(): void {
    this.#isEnded = true;
    this.#wakeAll();
  }

  /** Ends it at the end that reads: what is here is forgotten, and who writes is refused. */
  refuse(): void {
    this.#isRefusing = true;
    this.#queue.clear();
    this.#wakeAll();
  }

  wait(waker: Waker): void {
    this.#waiters.add(waker);
  }

  unwait(waker: Waker): void {
    this.#waiters.delete(waker);
  }

  #wakeAll(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.wake();
  }
}
