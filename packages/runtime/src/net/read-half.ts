import { checkCount } from '../base/check-count.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { Reading, ReadingExactly } from './reading.js';

/**
 * The receiving side of a stream, borrowed by `split()`. Source: `tokio::net::tcp::ReadHalf`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const [client, server] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
 * const [reader] = server.split();
 * await client.writeAll('hi');
 * console.log(new TextDecoder().decode(await reader.read())); // hi
 * for (const open of [client, server, listener]) open.close();
 */
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
    checkCount('stream.readExact', 'byteCount', byteCount, 0);
    return new Operation(new ReadingExactly(this.#connection, this.#lease, byteCount));
  }
}
