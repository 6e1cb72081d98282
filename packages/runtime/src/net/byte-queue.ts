import { Ring } from '../base/ring.js';

/** Bytes in the chunks in which they came, to be taken chunk by chunk or in any number. */
export class ByteQueue {
  readonly #chunks = new Ring<Uint8Array>();
  /** How much of the first chunk was taken by `takeExactly`. */
  #offset = 0;
  #bytes = 0;

  get byteLength(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
  }

  /** Takes what is left of the first chunk. */
  take(): Uint8Array | undefined {
    const chunk = this.#chunks.pop();
    if (chunk === undefined) return undefined;
    const rest = this.#offset === 0 ? chunk : chunk.subarray(this.#offset);
    this.#offset = 0;
    this.#bytes -= rest.byteLength;
    return rest;
  }

  /** Takes `count` bytes, which must be here, and leaves the rest. */
  takeExactly(count: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(count);
    for (let at = 0; at < count; ) {
      const chunk = this.#chunks.peek() as Uint8Array;
      const part = chunk.subarray(this.#offset, this.#offset + count - at);
      bytes.set(part, at);
      at += part.byteLength;
      this.#offset += part.byteLength;
      if (this.#offset < chunk.byteLength) continue;
      this.#chunks.pop();
      this.#offset = 0;
    }
    this.#bytes -= count;
    return bytes;
  }

  clear(): void {
    while (this.#chunks.pop() !== undefined);
    this.#bytes = 0;
    this.#offset = 0;
  }
}
