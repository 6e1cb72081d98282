import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import type { Pipe } from './pipe.js';
import { SocketClosed } from './socket-closed.js';
import { UnexpectedEof } from './unexpected-eof.js';

/** What both ends of a `duplex` have: the direction to read from, the one to write to, and whether it was closed. */
export interface DuplexEnd {
  readonly incoming: Pipe;
  readonly outgoing: Pipe;
  isClosed: boolean;
}

/** Waits for bytes, or for the end of those who write. */
export class PipeReading implements Pollable<Uint8Array | undefined> {
  readonly what = 'stream.read()';
  readonly #end: DuplexEnd;

  constructor(end: DuplexEnd) {
    this.#end = end;
  }

  poll(waker: Waker): Uint8Array | undefined | Pending {
    refuseClosed('stream.read', this.#end);
    const { incoming } = this.#end;
    const chunk = incoming.take();
    if (chunk !== undefined || incoming.isEnded) return chunk;
    incoming.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#end.incoming.unwait(waker);
    return true;
  }
}

/** Waits until so many bytes are here, and takes just those. */
export class PipeReadingExactly implements Pollable<Uint8Array> {
  readonly #end: DuplexEnd;
  readonly #count: number;

  constructor(end: DuplexEnd, count: number) {
    this.#end = end;
    this.#count = count;
  }

  get what(): string {
    return `stream.readExact(${this.#count})`;
  }

  poll(waker: Waker): Uint8Array | Pending {
    refuseClosed('stream.readExact', this.#end);
    const { incoming } = this.#end;
    if (incoming.byteLength < this.#count) {
      if (incoming.isEnded) {
        incoming.wants(0);
        throw new UnexpectedEof('stream.readExact', this.#count, incoming.byteLength);
      }
      incoming.wants(this.#count);
      incoming.wait(waker);
      return PENDING;
    }
    incoming.wants(0);
    return incoming.takeExactly(this.#count);
  }

  leave(waker: Waker): boolean {
    this.#end.incoming.wants(0);
    this.#end.incoming.unwait(waker);
    return true;
  }
}

/** Waits until a part of some bytes was taken, or all of them, and gives what `result` makes of their number. */
export class PipeWriting<R> implements Pollable<R> {
  readonly #caller: string;
  readonly #end: DuplexEnd;
  readonly #bytes: Uint8Array;
  readonly #all: boolean;
  readonly #result: (written: number) => R;
  #written = 0;

  constructor(
    caller: string,
    end: DuplexEnd,
    bytes: Uint8Array,
    all: boolean,
    result: (written: number) => R,
  ) {
    this.#caller = caller;
    this.#end = end;
    this.#bytes = bytes;
    this.#all = all;
    this.#result = result;
  }

  get what(): string {
    return `${this.#caller}(${this.#bytes.byteLength} bytes)`;
  }

  poll(waker: Waker): R | Pending {
    refuseClosed(this.#caller, this.#end);
    const { outgoing } = this.#end;
    if (outgoing.isEnded) throw new SocketClosed(this.#caller, 'shutdown() was called');
    if (outgoing.isRefusing) throw new SocketClosed(this.#caller, 'the other end was closed');
    const { byteLength } = this.#bytes;
    if (this.#written < byteLength) this.#written += outgoing.write(this.#bytes.subarray(this.#written));
    if (this.#written === byteLength || (this.#written > 0 && !this.#all)) return this.#result(this.#written);
    outgoing.wait(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#end.outgoing.unwait(waker);
    return true;
  }
}

/** Says that nothing more will be written. It does not wait. */
export class PipeEnding implements Pollable<void> {
  readonly what = 'stream.shutdown()';
  readonly #end: DuplexEnd;

  constructor(end: DuplexEnd) {
    this.#end = end;
  }

  poll(): undefined {
    refuseClosed('stream.shutdown', this.#end);
    this.#end.outgoing.end();
    return undefined;
  }

  leave(): boolean {
    return true;
  }
}

function refuseClosed(caller: string, end: DuplexEnd): void {
  if (end.isClosed) throw new SocketClosed(caller, 'close() was called');
}
