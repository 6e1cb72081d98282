import { lend } from '../base/lent.js';
import { safeInspect } from '../base/safe-inspect.js';
import { currentTask } from '../task/current.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { Connecting } from './connecting.js';
import type { Connection } from './connection.js';
import { Lease } from './lease.js';
import { type OpenHalves, OwnedReadHalf, OwnedWriteHalf } from './owned-halves.js';
import { ReadHalf } from './read-half.js';
import { type Address, parseAddress, type SocketAddr } from './socket-addr.js';
import { SocketClosed } from './socket-closed.js';
import { WriteHalf } from './write-half.js';

/**
 * A TCP connection.
 *
 * It belongs to a task, and is closed when that task settles, aborted or not: to the task that accepted or
 * connected it, until it is passed on by `spawn(handle, stream)` or another task reads from it, or is the
 * first to use it. Returning the stream hands it over too. One made outside any task is closed by `close()`, and
 * so is one that its task outlives: JavaScript has no drop. Two tasks that use one stream at a time take it
 * apart with `intoSplit()`.
 *
 * Each direction ends on its own: after the peer's end, or `shutdown()`, the other goes on. What the network
 * does to a connection is thrown by the operation that waits, or by the next one, as Node's own error.
 *
 * Source: `tokio::net::TcpStream`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * spawn(async () => {
 *   const stream = await listener.accept();
 *   await stream.writeAll('hello');
 * });
 * const stream = await TcpStream.connect(listener.localAddr());
 * const chunk = await stream.read();
 * console.log(new TextDecoder().decode(chunk)); // hello
 * stream.close();
 * listener.close();
 */
export class TcpStream {
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #reading: ReadHalf;
  readonly #writing: WriteHalf;

  /** Not for programs: `TcpStream.connect` and `listener.accept()` make it. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.#lease = new Lease({
      inHand: this,
      heirs: connection.incoming.waiting,
      close: () => connection.close(),
      keepAlive: (yes) => connection.keepAlive(yes),
    });
    this.#reading = new ReadHalf(connection, this.#lease);
    this.#writing = new WriteHalf(connection, this.#lease);
  }

  /**
   * Connects to `address`. A name is looked up, and its addresses are tried.
   *
   * Throws Node's error (`ECONNREFUSED`, `ENOTFOUND`) when it cannot; at once a `TypeError` or `RangeError` when
   * `address` is not one. Abort gives the attempt up. Source: `TcpStream::connect`.
   */
  static connect(address: Address): Op<TcpStream> {
    const { host, port } = parseAddress('TcpStream.connect', address);
    return new Operation(new Connecting(host, port, (connection) => new TcpStream(connection)));
  }

  /**
   * Waits for bytes, and gives those that came, however many; `undefined` once the peer has ended its side.
   *
   * tokio fills a buffer and gives a count; here the bytes come in the memory that Node read them into, which is
   * the caller's to keep. Aborted, or the loser of a `select`, it has read nothing. Where nobody reads, 64 KiB
   * are read ahead, then the peer has to wait. Source: `AsyncReadExt::read`.
   */
  read(): Op<Uint8Array | undefined> {
    return this.#reading.read();
  }

  /**
   * Waits for `byteCount` bytes and gives just those; what came beyond them is left for the next read.
   *
   * Throws an `UnexpectedEof` when the peer ended its side before, and leaves what came. Aborted, it has read
   * nothing. Throws a `TypeError` or `RangeError` unless `byteCount` is a whole number from 0 to 2 ** 31 - 1.
   * Source: `AsyncReadExt::read_exact`.
   */
  readExact(byteCount: number): Op<Uint8Array> {
    return this.#reading.readExact(byteCount);
  }

  /**
   * Sends bytes, or a string as UTF-8, and waits until the kernel has taken them. Gives their number.
   *
   * A slow peer makes it wait. What it wrote is not lost by `close()` after it. Node takes a write whole, so it
   * never writes a part; and once the bytes are handed over, an abort does not call them back. `bytes` must not
   * be changed while it waits. Throws a `TypeError` for anything else. Source: `AsyncWriteExt::write`.
   */
  write(bytes: Uint8Array | string): Op<number> {
    return this.#writing.write(bytes);
  }

  /** As `write`, and gives nothing. Source: `AsyncWriteExt::write_all`. */
  writeAll(bytes: Uint8Array | string): Op<void> {
    return this.#writing.writeAll(bytes);
  }

  /**
   * Ends this side, after what was written: the peer's `read()` gives `undefined`. Reading goes on.
   *
   * Again, it does nothing. An abort does not call it back. Source: `AsyncWriteExt::shutdown`.
   */
  shutdown(): Op<void> {
    return this.#writing.shutdown();
  }

  /** Where this end is. Source: `TcpStream::local_addr`. */
  localAddr(): SocketAddr {
    return known('stream.localAddr', this.#connection.local);
  }

  /** Where the other end is. Source: `TcpStream::peer_addr`. */
  peerAddr(): SocketAddr {
    return known('stream.peerAddr', this.#connection.peer);
  }

  /** Sends small writes at once (`true`) or lets the kernel collect them (`false`, as it begins). */
  setNodelay(nodelay: boolean): void {
    if (typeof nodelay !== 'boolean') {
      throw new TypeError(`stream.setNodelay: expected true or false, got ${safeInspect(nodelay, 100)}`);
    }
    if (!this.#lease.isEnded) this.#connection.setNodelay(nodelay);
  }

  /** Gives its two sides, for two branches of one task. They are the stream's, and end with it. */
  split(): [ReadHalf, WriteHalf] {
    return [this.#reading, this.#writing];
  }

  /**
   * Takes it apart into two sides that belong to a task each. The stream itself cannot be used any more.
   *
   * Throws a `SocketClosed` when the stream is closed. Source: `TcpStream::into_split`.
   */
  intoSplit(): [OwnedReadHalf, OwnedWriteHalf] {
    const task = currentTask() ?? null;
    this.#lease.use('stream.intoSplit', true, task);
    this.#lease.end('intoSplit() took it apart: use its halves');
    const open: OpenHalves = { count: 2 };
    return [
      new OwnedReadHalf(this.#connection, open, task),
      new OwnedWriteHalf(this.#connection, open, task),
    ];
  }

  /** Closes both sides at once. What finished writes wrote still arrives. Again, it does nothing. */
  close(): void {
    if (this.#lease.end('close() was called')) this.#connection.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

lend(TcpStream);

function known(caller: string, address: SocketAddr | undefined): SocketAddr {
  if (address === undefined) throw new SocketClosed(caller, 'the peer had gone before it could be asked');
  return address;
}
