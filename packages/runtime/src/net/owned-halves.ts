import type { Op } from '../task/op.js';
import type { Task } from '../task/task.js';
import type { Connection } from './connection.js';
import { Lease } from './lease.js';
import { ReadHalf } from './read-half.js';
import { WriteHalf } from './write-half.js';

/** How many of a connection's two owned halves are open. The last one to close closes the connection. */
export interface OpenHalves {
  count: number;
}

/**
 * The receiving side of a stream, owned apart from the other by `intoSplit()`.
 *
 * It belongs to a task by the rule of `TcpStream`. Source: `tokio::net::tcp::OwnedReadHalf`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const [client, server] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
 * const [reader, writer] = server.intoSplit();
 * const reading = spawn(async (from: OwnedReadHalf) => from.readExact(2), reader);
 * await client.writeAll('hi');
 * console.log(new TextDecoder().decode((await reading).unwrap())); // hi
 * for (const open of [client, writer, listener]) open.close();
 */
export class OwnedReadHalf {
  readonly #half: ReadHalf;
  readonly #lease: Lease;
  readonly #close: () => void;

  /** Not for programs: `intoSplit()` makes it. */
  constructor(connection: Connection, open: OpenHalves, task: Task<unknown> | null) {
    this.#close = () => {
      connection.incoming.stop();
      open.count -= 1;
      if (open.count === 0) connection.close();
    };
    const leased = {
      inHand: this,
      heirs: connection.incoming.waiting,
      close: this.#close,
      keepAlive: () => {},
    };
    this.#lease = new Lease(leased, task);
    this.#half = new ReadHalf(connection, this.#lease);
  }

  /** As `TcpStream.read`. */
  read(): Op<Uint8Array | undefined> {
    return this.#half.read();
  }

  /** As `TcpStream.readExact`. */
  readExact(byteCount: number): Op<Uint8Array> {
    return this.#half.readExact(byteCount);
  }

  /** Reads no more. The other half goes on; when both are closed, the connection is. */
  close(): void {
    if (this.#lease.end('close() was called')) this.#close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * The sending side of a stream, owned apart from the other by `intoSplit()`.
 *
 * It belongs to a task by the rule of `TcpStream`. Source: `tokio::net::tcp::OwnedWriteHalf`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const [client, server] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
 * const [reader, writer] = server.intoSplit();
 * spawn(async (to: OwnedWriteHalf) => to.writeAll('hi'), writer);
 * console.log(new TextDecoder().decode(await client.readExact(2))); // hi
 * for (const open of [client, reader, listener]) open.close();
 */
export class OwnedWriteHalf {
  readonly #half: WriteHalf;
  readonly #lease: Lease;
  readonly #close: () => void;

  /** Not for programs: `intoSplit()` makes it. */
  constructor(connection: Connection, open: OpenHalves, task: Task<unknown> | null) {
    this.#close = () => {
      connection.outgoing.end();
      connection.outgoing.waiting.wakeAll();
      open.count -= 1;
      if (open.count === 0) connection.close();
    };
    const leased = { inHand: this, heirs: undefined, close: this.#close, keepAlive: () => {} };
    this.#lease = new Lease(leased, task);
    this.#half = new WriteHalf(connection, this.#lease);
  }

  /** As `TcpStream.write`. */
  write(bytes: Uint8Array | string): Op<number> {
    return this.#half.write(bytes);
  }

  /** As `TcpStream.writeAll`. */
  writeAll(bytes: Uint8Array | string): Op<void> {
    return this.#half.writeAll(bytes);
  }

  /** As `TcpStream.shutdown`. */
  shutdown(): Op<void> {
    return this.#half.shutdown();
  }

  /** Tells the peer that nothing more will come. The other half goes on; when both are closed, the connection is. */
  close(): void {
    if (this.#lease.end('close() was called')) this.#close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
