import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { toBytes } from './to-bytes.js';
import { ShuttingDown, Writing } from './writing.js';

/**
 * The sending side of a stream, borrowed by `split()`. Source: `tokio::net::tcp::WriteHalf`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const [client, server] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
 * const [, writer] = server.split();
 * await writer.writeAll('hi');
 * await writer.shutdown();
 * console.log(new TextDecoder().decode(await client.readExact(2))); // hi
 * for (const open of [client, server, listener]) open.close();
 */
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
