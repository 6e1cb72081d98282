import type { Server } from 'node:net';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { Accepting, type Backlog } from './accepting.js';
import { Binding } from './binding.js';
import { Lease } from './lease.js';
import { type Address, parseAddress, SocketAddr } from './socket-addr.js';
import { TcpStream } from './tcp-stream.js';

/** How a listener is made. */
export interface BindOptions {
  /** How many connections wait to be accepted; beyond them, new ones are closed. 1024 by default. */
  readonly backlog?: number;
}

const KNOWN: ReadonlySet<string> = new Set<keyof BindOptions>(['backlog']);

/**
 * A TCP socket that listens for connections.
 *
 * It belongs to a task by the rule of `TcpStream`, where accepting counts as reading: a listener is closed when
 * the task that accepts from it settles.
 *
 * Source: `tokio::net::TcpListener`.
 *
 * @example
 * function* serve(listener: TcpListener) {
 *   for (;;) spawn(echo, yield* listener.accept());
 * }
 * function* echo(stream: TcpStream) {
 *   const [reader, writer] = stream.split();
 *   yield* copy(reader, writer);
 * }
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const server = spawn(serve, listener);
 * const client = await TcpStream.connect(listener.localAddr());
 * await client.writeAll('hello');
 * console.log(new TextDecoder().decode(await client.read())); // hello
 * client.close();
 * server.abort(); // which closes the listener
 */
export class TcpListener {
  readonly #backlog: Backlog;
  readonly #lease: Lease;
  readonly #local: SocketAddr;

  /** Not for programs: `TcpListener.bind` makes it. */
  constructor(server: Server, backlog: Backlog) {
    this.#backlog = backlog;
    this.#lease = new Lease({
      inHand: this,
      heirs: backlog.waiting,
      close: () => backlog.close(),
      keepAlive: (yes) => backlog.keepAlive(yes),
    });
    const bound = server.address() as { address: string; port: number };
    this.#local = new SocketAddr(bound.address, bound.port);
  }

  /**
   * Binds to `address` and listens. Port 0 takes a free one: see `localAddr()`.
   *
   * Throws Node's error (`EADDRINUSE`, `EACCES`) when it cannot; at once a `TypeError` or `RangeError` when
   * `address` or an option is wrong. Abort gives it up. Source: `TcpListener::bind`.
   */
  static bind(address: Address, options: BindOptions = {}): Op<TcpListener> {
    const { host, port } = parseAddress('TcpListener.bind', address);
    checkOptionKeys('TcpListener.bind', options, KNOWN);
    const { backlog = 1024 } = options;
    if (typeof backlog !== 'number' || !Number.isInteger(backlog) || backlog < 1 || backlog > 65_535) {
      throw new RangeError(
        `TcpListener.bind: backlog must be a whole number from 1 to 65535, got ${safeInspect(backlog, 100)}`,
      );
    }
    return new Operation(new Binding(host, port, backlog, (server, queue) => new TcpListener(server, queue)));
  }

  /**
   * Waits for the next connection.
   *
   * Aborted, or the loser of a `select`, it has accepted nothing: a connection that came waits for the next
   * call. tokio gives the peer's address beside the stream; here see `stream.peerAddr()`. Throws Node's error
   * when the system is out of descriptors, and can be called again. Source: `TcpListener::accept`.
   */
  accept(): Op<TcpStream> {
    return new Operation(
      new Accepting(this.#backlog, this.#lease, (connection) => new TcpStream(connection)),
    );
  }

  /** Where it listens, with the port that was taken. Source: `TcpListener::local_addr`. */
  localAddr(): SocketAddr {
    return this.#local;
  }

  /** Listens no more, and closes connections that nobody accepted. Again, it does nothing. */
  close(): void {
    if (this.#lease.end('close() was called')) this.#backlog.close();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
