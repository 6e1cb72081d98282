import { safeInspect } from '../base/safe-inspect.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { ShuttingDown, Writing } from './writing.js';

/** The sending side of a stream, borrowed by `split()`. Source: `tokio::net::tcp::WriteHalf`. */
export class WriteHalf {
  readonly #connection: Connection;
  readonly #lease: Lease;

  /** Not for programs: `split()` makes it. */
  constructor(connection: Connection, lease: Lease) {
    this.#connection = connection;
    this.#lease = lease;
  }

  /** As `TcpStream.write`. */
  write(bytes: Uint8Array | string): Op<number> {
    const given = toBytes('stream.write', bytes);
    return new Operation(new Writing('stream.write', this.#connection, this.#lease, given, given.byteLength));
  }

  /** As `TcpStream.writeAll`. */
  writeAll(bytes: Uint8Array | string): Op<void> {
    const given = toBytes('stream.writeAll', bytes);
    return new Operation(
      new Writing<void>('stream.writeAll', this.#connection, this.#lease, given, undefined),
    );
  }

  /** As `TcpStream.shutdown`. */
  shutdown(): Op<void> {
    return new Operation(new ShuttingDown(this.#connection, this.#lease));
  }
}

function toBytes(caller: string, bytes: unknown): Uint8Array {
  if (typeof bytes === 'string') return Buffer.from(bytes);
  if (bytes instanceof Uint8Array) return bytes;
  throw new TypeError(`${caller}: expected a Uint8Array or a string, got ${safeInspect(bytes, 100)}`);
}
