import { safeInspect } from '../base/safe-inspect.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { Reading, ReadingExactly } from './reading.js';

/** The receiving side of a stream, borrowed by `split()`. Source: `tokio::net::tcp::ReadHalf`. */
export class ReadHalf {
  readonly #connection: Connection;
  readonly #lease: Lease;

  /** Not for programs: `split()` makes it. */
  constructor(connection: Connection, lease: Lease) {
    this.#connection = connection;
    this.#lease = lease;
  }

  /** As `TcpStream.read`. */
  read(): Op<Uint8Array | undefined> {
    return new Operation(new Reading(this.#connection, this.#lease));
  }

  /** As `TcpStream.readExact`. */
  readExact(byteCount: number): Op<Uint8Array> {
    if (typeof byteCount !== 'number') {
      throw new TypeError(
        `stream.readExact: byteCount must be a whole number, got ${safeInspect(byteCount, 100)}`,
      );
    }
    if (!Number.isInteger(byteCount) || byteCount < 0 || byteCount > MOST_BYTES) {
      throw new RangeError(
        `stream.readExact: byteCount must be a whole number from 0 to ${MOST_BYTES}, got ${byteCount}`,
      );
    }
    return new Operation(new ReadingExactly(this.#connection, this.#lease, byteCount));
  }
}

/** What a typed array holds on every platform. */
const MOST_BYTES = 2 ** 31 - 1;
