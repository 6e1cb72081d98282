import type { Server, Socket } from 'node:net';
import { Ring } from '../base/ring.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { Connection } from './connection.js';
import type { Lease } from './lease.js';
import { type Waiting, WaitingSet } from './waiting.js';

/**
 * Connections that came and were not accepted yet.
 *
 * Node accepts from the kernel as they come and cannot be told to wait, so the queue that would be the kernel's
 * is here, as long as the kernel's would be: what comes beyond it is closed. Nothing is read from a connection
 * before it is accepted.
 */
export class Backlog {
  readonly waiting: WaitingSet = new WaitingSet();
  readonly #server: Server;
  readonly #limit: number;
  readonly #arrived = new Ring<Connection>();
  #error: Error | undefined;

  constructor(server: Server, limit: number) {
    this.#server = server;
    this.#limit = limit;
    server.on('connection', this.#onConnection);
    server.on('error', (error) => {
      this.#error = error;
      this.waiting.wakeAll();
    });
  }

  /** The next connection. Throws, once, what went wrong with accepting. */
  take(): Connection | undefined {
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) throw error;
    return this.#arrived.pop();
  }

  close(): void {
    this.#server.close();
    for (let next = this.#arrived.pop(); next !== undefined; next = this.#arrived.pop()) next.close();
    this.waiting.wakeAll();
  }

  keepAlive(yes: boolean): void {
    if (yes) this.#server.ref();
    else this.#server.unref();
  }

  readonly #onConnection = (socket: Socket): void => {
    if (this.#arrived.size >= this.#limit) {
      socket.destroy();
      return;
    }
    this.#arrived.push(new Connection(socket));
    this.waiting.wakeAll();
  };
}

/** Waits for a connection, and takes it. */
export class Accepting<S> implements Pollable<S> {
  readonly #backlog: Backlog;
  readonly #lease: Lease;
  readonly #make: (connection: Connection) => S;
  #waiting: Waiting | undefined;

  constructor(backlog: Backlog, lease: Lease, make: (connection: Connection) => S) {
    this.#backlog = backlog;
    this.#lease = lease;
    this.#make = make;
  }

  get what(): string {
    return 'listener.accept()';
  }

  poll(waker: Waker): S | Pending {
    let connection: Connection | undefined;
    try {
      this.#lease.use('listener.accept', true);
      connection = this.#backlog.take();
    } catch (thrown) {
      this.leave();
      throw thrown;
    }
    if (connection === undefined) {
      this.#waiting = this.#backlog.waiting.stay(this.#waiting, waker);
      return PENDING;
    }
    this.leave();
    connection.incoming.start();
    return this.#make(connection);
  }

  leave(): boolean {
    this.#backlog.waiting.leave(this.#waiting);
    return true;
  }
}
