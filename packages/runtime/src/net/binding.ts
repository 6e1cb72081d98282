import { createServer, type Server } from 'node:net';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Backlog } from './accepting.js';

/** Waits until a server listens. It begins with the first poll. */
export class Binding<L> implements Pollable<L> {
  readonly #host: string;
  readonly #port: number;
  readonly #limit: number;
  readonly #make: (server: Server, backlog: Backlog) => L;
  #server: Server | undefined;
  #backlog: Backlog | undefined;
  #error: Error | undefined;
  #waker: Waker | undefined;
  #left = false;

  constructor(host: string, port: number, limit: number, make: (server: Server, backlog: Backlog) => L) {
    this.#host = host;
    this.#port = port;
    this.#limit = limit;
    this.#make = make;
  }

  get what(): string {
    return `TcpListener.bind(${this.#host}:${this.#port})`;
  }

  poll(waker: Waker): L | Pending {
    this.#waker = waker;
    if (this.#error !== undefined) throw this.#error;
    if (this.#backlog !== undefined) return this.#make(this.#server as Server, this.#backlog);
    if (this.#server === undefined) this.#begin();
    return PENDING;
  }

  leave(): boolean {
    this.#left = true;
    this.#backlog?.close();
    return true;
  }

  #begin(): void {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    this.#server = server;
    const failed = (error: Error): void => {
      this.#error = error;
      this.#waker?.wake();
    };
    server.once('error', failed);
    server.listen({ host: this.#host, port: this.#port, backlog: this.#limit }, () => {
      server.off('error', failed);
      // A server that is closed while it looks up its address begins to listen all the same.
      if (this.#left) {
        server.close();
        return;
      }
      this.#backlog = new Backlog(server, this.#limit);
      this.#waker?.wake();
    });
  }
}
