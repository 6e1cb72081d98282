import type { Socket } from 'node:net';
import { Incoming } from './incoming.js';
import { Outgoing } from './outgoing.js';
import { SocketAddr } from './socket-addr.js';

/**
 * A connected socket of Node with everything that can happen to it turned into state.
 *
 * Its events end here: an error is kept for the operation that waits, or for the next one, so none is ever
 * unhandled. Half-open is allowed, so each direction ends on its own.
 */
export class Connection {
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  /** Asked for while it is certain to be there: a socket that was reset has forgotten its addresses. */
  readonly local: SocketAddr | undefined;
  readonly peer: SocketAddr | undefined;
  readonly #socket: Socket;
  #error: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.local = addressOf(socket.localAddress, socket.localPort);
    this.peer = addressOf(socket.remoteAddress, socket.remotePort);
    this.incoming = new Incoming(socket);
    this.outgoing = new Outgoing(socket);
    socket.on('error', (error) => {
      this.#error ??= error;
      this.#wakeAll();
    });
    socket.on('close', () => this.#wakeAll());
  }

  /** What the network did to it, for good. */
  get error(): Error | undefined {
    return this.#error;
  }

  setNodelay(nodelay: boolean): void {
    this.#socket.setNoDelay(nodelay);
  }

  keepAlive(yes: boolean): void {
    if (yes) this.#socket.ref();
    else this.#socket.unref();
  }

  /** Gives both directions back to the kernel at once. */
  close(): void {
    this.#socket.destroy();
    this.#wakeAll();
  }

  #wakeAll(): void {
    this.incoming.waiting.wakeAll();
    this.outgoing.waiting.wakeAll();
  }
}

function addressOf(host: string | undefined, port: number | undefined): SocketAddr | undefined {
  return host === undefined || port === undefined ? undefined : new SocketAddr(host, port);
}
