/**
 * Is thrown by an operation on a stream, a half or a listener that this program has closed.
 *
 * What the network does to a connection is Node's own error (`ECONNRESET`, `EPIPE`), not this one.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * listener.close();
 * try {
 *   await listener.accept();
 * } catch (error) {
 *   console.log(error instanceof SocketClosed); // true
 * }
 */
export class SocketClosed extends Error {
  override readonly name = 'SocketClosed';
  readonly code = 'ERR_SOCKET_CLOSED';

  /** Not for programs: an operation makes it. */
  constructor(caller: string, why: string) {
    super(`${caller}: ${why}`);
  }
}
