import type { Socket } from 'node:net';
import { WaitingSet } from './waiting.js';

/**
 * What the program sends, and how far the kernel has taken it.
 *
 * One write is under way at a time, and it is over when the kernel has every byte: so what a finished write
 * wrote is not lost by closing, and a sender can be ahead of a slow peer by one write and no more.
 */
export class Outgoing {
  readonly waiting: WaitingSet = new WaitingSet();
  readonly #socket: Socket;
  #handed = 0;
  #flushed = 0;
  #ending = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('finish', () => this.waiting.wakeAll());
  }

  /** Whether `end` was called: nothing more can be written. */
  get isEnding(): boolean {
    return this.#ending;
  }

  /** Whether the end was told to the peer. */
  get isFinished(): boolean {
    return this.#socket.writableFinished;
  }

  /** Whether the kernel has taken all that was handed over. */
  get isIdle(): boolean {
    return this.#socket.writableLength === 0 && this.#socket.errored === null;
  }

  /** Hands bytes to the socket. Gives the number to ask `isFlushed` with. */
  hand(bytes: Uint8Array): number {
    this.#handed += 1;
    this.#socket.write(bytes, this.#onFlushed);
    return this.#handed;
  }

  isFlushed(write: number): boolean {
    return write <= this.#flushed;
  }

  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#socket.end();
  }

  readonly #onFlushed = (error?: Error | null): void => {
    // A write that failed is never flushed: the socket's `error` event tells whoever waits.
    if (error) return;
    this.#flushed += 1;
    this.waiting.wakeAll();
  };
}
