import { checkCount } from '../base/check-count.js';
import { DuplexStream } from './duplex-stream.js';
import { Pipe } from './pipe.js';

/**
 * Makes two streams in memory that are each other's peer: what is written to one is read from the other.
 *
 * For tests of what reads and writes, without a socket. At most `maxBytes` wait in each direction, then a write waits.
 * Throws a `TypeError` or `RangeError` unless `maxBytes` is a whole number from 1 to 2 ** 31 - 1. Source:
 * `tokio::io::duplex`.
 *
 * @example
 * const [client, server] = duplex(64);
 * await client.writeAll('ping');
 * console.log(new TextDecoder().decode(await server.read())); // ping
 * server.close();
 * console.log(await client.read()); // undefined
 */
export function duplex(maxBytes: number): [DuplexStream, DuplexStream] {
  checkCount('duplex', 'maxBytes', maxBytes, 1);
  const [there, back] = [new Pipe(maxBytes), new Pipe(maxBytes)];
  return [
    new DuplexStream({ incoming: back, outgoing: there, isClosed: false }),
    new DuplexStream({ incoming: there, outgoing: back, isClosed: false }),
  ];
}
