import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import { pollableOf } from '../task/branch.js';
import { join } from '../task/join.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Pending, Pollable, Waker } from '../task/pollable.js';
import { type AsyncRead, type AsyncWrite, copy } from './copy.js';

/** What `copyBidirectional` takes: a stream that can be read from, written to, and told that no more will come. */
export interface AsyncReadWrite extends AsyncRead, AsyncWrite {
  shutdown(): ReturnType<AsyncWrite['writeAll']>;
}

/**
 * Copies between two streams, both ways at a time, until both have ended, and gives the bytes from `a` to `b` and from
 * `b` to `a`: a proxy.
 *
 * When one side ends, the other one's `shutdown()` is called, and the other direction goes on; one that is stuck holds
 * up only itself. Throws what either side throws, and then leaves the other direction; at once a `TypeError` for
 * what is no stream. Aborted, it may have read a chunk in each direction that was not written. Source:
 * `tokio::io::copy_bidirectional`.
 *
 * @example
 * const [client, near] = duplex(64);
 * const [far, server] = duplex(64);
 * const proxy = spawn(() => copyBidirectional(near, far));
 * await client.writeAll('ping');
 * console.log((await server.readExact(4)).byteLength); // 4
 * await server.writeAll('pong!');
 * console.log((await client.readExact(5)).byteLength); // 5
 * for (const end of [client, server]) await end.shutdown();
 * console.log((await proxy).unwrap()); // [ 4, 5 ]
 */
export function copyBidirectional(a: AsyncReadWrite, b: AsyncReadWrite): Op<[aToB: number, bToA: number]> {
  for (const stream of [a, b]) checkStream(stream);
  return new Operation(new Bidirectional(join(oneWay(a, b), oneWay(b, a))));
}

function* oneWay(from: AsyncRead, to: AsyncReadWrite): Generator<Suspension, number, unknown> {
  const bytes = yield* copy(from, to);
  yield* join(() => to.shutdown());
  return bytes;
}

/** Both ways under one name. */
class Bidirectional implements Pollable<[number, number]> {
  readonly what = 'copyBidirectional()';
  readonly #both: Pollable<[number, number]>;

  constructor(both: Op<[number, number]>) {
    this.#both = pollableOf('copyBidirectional', both) as Pollable<[number, number]>;
  }

  poll(waker: Waker): [number, number] | Pending {
    return this.#both.poll(waker);
  }

  leave(waker: Waker): boolean {
    return this.#both.leave(waker);
  }
}

function checkStream(stream: unknown): void {
  const { read, writeAll, shutdown } = Object(stream) as Partial<AsyncReadWrite>;
  if (typeof read === 'function' && typeof writeAll === 'function' && typeof shutdown === 'function') return;
  throw new TypeError(
    `copyBidirectional: a stream must have read(), writeAll() and shutdown(), got ${safeInspect(stream, 100)}`,
  );
}
