import type { Socket } from 'node:net';
import { ByteQueue } from './byte-queue.js';
import { WaitingSet } from './waiting.js';

/** How much is read ahead of the program before the socket is paused and the peer has to wait. */
const READ_AHEAD_BYTES = 64 * 1024;

/**
 * What came from the peer and was not read yet.
 *
 * A chunk leaves here only in the poll that gives it to a body, so a read that is aborted after it was woken
 * loses nothing. Flowing mode and `pause()`, not `readable` and `read()`: a chunk then comes straight from the
 * kernel's read, without a `nextTick` and without being joined to others.
 */
export class Incoming {
  readonly waiting: WaitingSet = new WaitingSet();
  readonly #socket: Socket;
  readonly #queue = new ByteQueue();
  #limit = READ_AHEAD_BYTES;
  #ended = false;
  #flowing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
  }

  get byteLength(): number {
    return this.#queue.byteLength;
  }

  /** Whether the peer stopped sending; what it sent may still be here. */
  get ended(): boolean {
    return this.#ended;
  }

  start(): void {
    this.#flowing = true;
    this.#socket.resume();
  }

  /** Reads no more and forgets what is here. */
  stop(): void {
    this.#socket.off('data', this.#onData);
    this.#socket.pause();
    this.#ended = true;
    this.#queue.clear();
    this.waiting.wakeAll();
  }

  take(): Uint8Array | undefined {
    const chunk = this.#queue.take();
    if (chunk !== undefined) this.#flowAgain();
    return chunk;
  }

  /** Takes `count` bytes, which must be here, and leaves the rest. */
  takeExactly(count: number): Uint8Array {
    const bytes = this.#queue.takeExactly(count);
    this.#flowAgain();
    return bytes;
  }

  /** Says that somebody waits until `count` bytes are here; 0 takes it back. */
  wants(count: number): void {
    this.#limit = Math.max(count, READ_AHEAD_BYTES);
    this.#flowAgain();
  }

  #flowAgain(): void {
    if (this.#flowing || this.#ended || this.#queue.byteLength >= this.#limit) return;
    this.start();
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#queue.push(chunk);
    if (this.#queue.byteLength >= this.#limit) {
      this.#flowing = false;
      this.#socket.pause();
    }
    this.waiting.wakeAll();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    this.waiting.wakeAll();
  };
}
