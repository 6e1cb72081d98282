import { connect, type Socket } from 'node:net';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Connection } from './connection.js';

/** Waits for a connection that this end asks for. The attempt begins with the first poll. */
export class Connecting<S> implements Pollable<S> {
  readonly #host: string;
  readonly #port: number;
  readonly #make: (connection: Connection) => S;
  #socket: Socket | undefined;
  #connection: Connection | undefined;
  #error: Error | undefined;
  #waker: Waker | undefined;

  constructor(host: string, port: number, make: (connection: Connection) => S) {
    this.#host = host;
    this.#port = port;
    this.#make = make;
  }

  get what(): string {
    return `TcpStream.connect(${this.#host}:${this.#port})`;
  }

  poll(waker: Waker): S | Pending {
    this.#waker = waker;
    if (this.#error !== undefined) throw this.#error;
    if (this.#connection !== undefined) return this.#make(this.#connection);
    if (this.#socket === undefined) this.#begin();
    return PENDING;
  }

  leave(): boolean {
    this.#socket?.destroy();
    return true;
  }

  #begin(): void {
    const socket = connect({ host: this.#host, port: this.#port, allowHalfOpen: true });
    this.#socket = socket;
    const failed = (error: Error): void => {
      this.#error = error;
      this.#waker?.wake();
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      // From here on an error is the connection's, and bytes that come at once are kept.
      socket.off('error', failed);
      this.#connection = new Connection(socket);
      this.#connection.incoming.start();
      this.#waker?.wake();
    });
  }
}
