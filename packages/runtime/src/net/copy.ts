import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import { pollableOf } from '../task/branch.js';
import { current, forceYield } from '../task/current.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';

/** What can be waited for in a task: an operation, a promise, or a generator's work. */
type Waitable<T> = PromiseLike<T> | Generator<Suspension, T, unknown>;

/** What `copy` reads from: a stream, a half, or anything that gives chunks until `undefined`. */
export interface AsyncRead {
  read(): Waitable<Uint8Array | undefined>;
}

/** What `copy` writes to: a stream, a half, or anything that takes bytes whole. */
export interface AsyncWrite {
  writeAll(bytes: Uint8Array): Waitable<unknown>;
}

/**
 * Writes to `writer` all that comes from `reader` until it ends, and gives how many bytes there were.
 *
 * It reads on only when the writer took what was read, so a slow writer slows the reader down. It does not end
 * the writer's side: `shutdown()` does. However much is ready, it lets other tasks run. Aborted, it may have
 * read a chunk that the writer has not taken. Throws what either side throws, and at once a `TypeError` for
 * what cannot be read from or written to. Source: `tokio::io::copy`.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const served = spawn(async () => {
 *   const [reader, writer] = (await listener.accept()).split();
 *   return await copy(reader, writer);
 * });
 * const stream = await TcpStream.connect(listener.localAddr());
 * await stream.writeAll('to and fro');
 * await stream.shutdown();
 * console.log((await served).unwrap()); // 10
 * stream.close();
 * listener.close();
 */
export function copy(reader: AsyncRead, writer: AsyncWrite): Op<number> {
  if (typeof (reader as Partial<AsyncRead> | null)?.read !== 'function') {
    throw new TypeError(`copy: the reader must have a read() method, got ${safeInspect(reader, 100)}`);
  }
  if (typeof (writer as Partial<AsyncWrite> | null)?.writeAll !== 'function') {
    throw new TypeError(`copy: the writer must have a writeAll() method, got ${safeInspect(writer, 100)}`);
  }
  return new Operation(new Copying(reader, writer));
}

class Copying implements Pollable<number> {
  readonly what = 'copy()';
  readonly #reader: AsyncRead;
  readonly #writer: AsyncWrite;
  #reading: Pollable<unknown> | undefined;
  #writing: Pollable<unknown> | undefined;
  #pending = 0;
  #copied = 0;

  constructor(reader: AsyncRead, writer: AsyncWrite) {
    this.#reader = reader;
    this.#writer = writer;
  }

  poll(waker: Waker): number | Pending {
    for (;;) {
      if (this.#writing !== undefined) {
        if (this.#writing.poll(waker) === PENDING) return PENDING;
        this.#writing = undefined;
        this.#copied += this.#pending;
      }
      // Each chunk is an operation that was ready. Outside any task nobody hands out a budget.
      if (current.task !== null) {
        if (current.budget <= 0) {
          forceYield(current.task);
          waker.wake();
          return PENDING;
        }
        current.budget -= 1;
      }
      this.#reading ??= pollableOf('copy', this.#reader.read());
      const chunk = this.#reading.poll(waker);
      if (chunk === PENDING) return PENDING;
      this.#reading = undefined;
      if (chunk === undefined) return this.#copied;
      if (!(chunk instanceof Uint8Array)) {
        throw new TypeError(
          `copy: read() must give a Uint8Array or undefined, got ${safeInspect(chunk, 100)}`,
        );
      }
      this.#pending = chunk.byteLength;
      this.#writing = pollableOf('copy', this.#writer.writeAll(chunk));
    }
  }

  leave(waker: Waker): boolean {
    return (this.#writing ?? this.#reading)?.leave(waker) ?? true;
  }
}
