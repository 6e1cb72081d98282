import { checkCount } from '../base/check-count.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import { type DuplexEnd, PipeEnding, PipeReading, PipeReadingExactly, PipeWriting } from './piping.js';
import { toBytes } from './to-bytes.js';

/**
 * One end of a `duplex`: a stream in memory that reads and writes as a `TcpStream` does.
 *
 * It belongs to nobody and holds nothing of the system, so a forgotten one is collected. Source:
 * `tokio::io::DuplexStream`.
 *
 * @example
 * const [here, there] = duplex(64);
 * await here.writeAll('ping');
 * console.log(new TextDecoder().decode(await there.readExact(4))); // ping
 */
export class DuplexStream {
  readonly #end: DuplexEnd;

  /** Not for programs: `duplex` makes it. */
  constructor(end: DuplexEnd) {
    this.#end = end;
  }

  /** As `TcpStream.read`: a chunk, or `undefined` once the other end has ended and all was read. */
  read(): Op<Uint8Array | undefined> {
    return new Operation(new PipeReading(this.#end));
  }

  /** As `TcpStream.readExact`. While it waits, the other end may write as many bytes as it waits for. */
  readExact(byteCount: number): Op<Uint8Array> {
    checkCount('stream.readExact', 'byteCount', byteCount, 0);
    return new Operation(new PipeReadingExactly(this.#end, byteCount));
  }

  /**
   * Writes as much as there is room for, and gives how many bytes that were: at least one, unless there were none.
   *
   * It waits while there is no room. Aborted while it waits, it has written nothing. Throws a `SocketClosed` when either
   * end was closed, or this one shut down; at once a `TypeError` for what is neither bytes nor a string.
   */
  write(bytes: Uint8Array | string): Op<number> {
    const given = toBytes('stream.write', bytes);
    return new Operation(new PipeWriting('stream.write', this.#end, given, false, (written) => written));
  }

  /** As `write`, until all is written. Aborted, it may have written a part. */
  writeAll(bytes: Uint8Array | string): Op<void> {
    const given = toBytes('stream.writeAll', bytes);
    return new Operation<void>(new PipeWriting('stream.writeAll', this.#end, given, true, () => {}));
  }

  /** Ends this side: the other end's `read()` gives `undefined` after what was written. Again, it does nothing. */
  shutdown(): Op<void> {
    return new Operation<void>(new PipeEnding(this.#end));
  }

  /** Ends both sides. The other end reads what was written, and its writes throw. Again, it does nothing. */
  close(): void {
    if (this.#end.isClosed) return;
    this.#end.isClosed = true;
    this.#end.outgoing.end();
    this.#end.incoming.refuse();
  }

  /** The same as `close()`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
