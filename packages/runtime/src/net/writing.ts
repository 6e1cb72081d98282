import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { SocketClosed } from './socket-closed.js';
import type { Waiting } from './waiting.js';

/** Waits for the write before it, hands its bytes over, and waits until the kernel has them. */
export class Writing<R> implements Pollable<R> {
  readonly #caller: string;
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #bytes: Uint8Array;
  readonly #result: R;
  #handed = 0;
  #waiting: Waiting | undefined;

  constructor(caller: string, connection: Connection, lease: Lease, bytes: Uint8Array, result: R) {
    this.#caller = caller;
    this.#connection = connection;
    this.#lease = lease;
    this.#bytes = bytes;
    this.#result = result;
  }

  get what(): string {
    return `${this.#caller}(${this.#bytes.byteLength} bytes)`;
  }

  poll(waker: Waker): R | Pending {
    const { outgoing, error } = this.#connection;
    try {
      this.#lease.use(this.#caller, false);
      if (error !== undefined) throw error;
      if (this.#handed === 0) {
        if (outgoing.isEnding) throw new SocketClosed(this.#caller, 'shutdown() was called');
        if (this.#bytes.byteLength === 0) return this.#done();
        if (outgoing.isIdle) {
          this.#handed = outgoing.hand(this.#bytes);
          if (outgoing.isIdle) return this.#done();
        }
      } else if (outgoing.isFlushed(this.#handed)) return this.#done();
      this.#waiting = outgoing.waiting.stay(this.#waiting, waker);
      return PENDING;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
  }

  leave(): boolean {
    this.#connection.outgoing.waiting.leave(this.#waiting);
    return true;
  }

  #done(): R {
    this.leave();
    return this.#result;
  }
}

/** Tells the peer that nothing more will come, after what was written. */
export class ShuttingDown implements Pollable<void> {
  readonly #connection: Connection;
  readonly #lease: Lease;
  #waiting: Waiting | undefined;

  constructor(connection: Connection, lease: Lease) {
    this.#connection = connection;
    this.#lease = lease;
  }

  get what(): string {
    return 'stream.shutdown()';
  }

  poll(waker: Waker): undefined | Pending {
    const { outgoing, error } = this.#connection;
    try {
      if (!outgoing.isFinished) {
        this.#lease.use('stream.shutdown', false);
        if (error !== undefined) throw error;
        outgoing.end();
        this.#waiting = outgoing.waiting.stay(this.#waiting, waker);
        return PENDING;
      }
      this.leave();
      return undefined;
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
  }

  leave(): boolean {
    this.#connection.outgoing.waiting.leave(this.#waiting);
    return true;
  }
}
