import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { UnexpectedEof } from './unexpected-eof.js';
import type { Waiting } from './waiting.js';

/** Waits for the next chunk, or for the peer's end. */
export class Reading implements Pollable<Uint8Array | undefined> {
  readonly #connection: Connection;
  readonly #lease: Lease;
  #waiting: Waiting | undefined;

  constructor(connection: Connection, lease: Lease) {
    this.#connection = connection;
    this.#lease = lease;
  }

  get what(): string {
    return 'stream.read()';
  }

  poll(waker: Waker): Uint8Array | undefined | Pending {
    const { incoming, error } = this.#connection;
    try {
      this.#lease.use('stream.read', true);
      const chunk = incoming.take();
      if (chunk === undefined && !incoming.ended) {
        if (error !== undefined) throw error;
        this.#waiting = incoming.waiting.stay(this.#waiting, waker);
        return PENDING;
      }
      this.leave();
      return chunk;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
  }

  leave(): boolean {
    this.#connection.incoming.waiting.leave(this.#waiting);
    return true;
  }
}

/** Waits until so many bytes are here, and takes just those. */
export class ReadingExactly implements Pollable<Uint8Array> {
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #count: number;
  #waiting: Waiting | undefined;

  constructor(connection: Connection, lease: Lease, count: number) {
    this.#connection = connection;
    this.#lease = lease;
    this.#count = count;
  }

  get what(): string {
    return `stream.readExact(${this.#count})`;
  }

  poll(waker: Waker): Uint8Array | Pending {
    const { incoming, error } = this.#connection;
    try {
      this.#lease.use('stream.readExact', true);
      if (incoming.byteLength < this.#count) {
        if (incoming.ended) throw new UnexpectedEof('stream.readExact', this.#count, incoming.byteLength);
        if (error !== undefined) throw error;
        incoming.wants(this.#count);
        this.#waiting = incoming.waiting.stay(this.#waiting, waker);
        return PENDING;
      }
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
    this.leave();
    return incoming.takeExactly(this.#count);
  }

  leave(): boolean {
    const { incoming } = this.#connection;
    incoming.wants(0);
    incoming.waiting.leave(this.#waiting);
    return true;
  }
}
