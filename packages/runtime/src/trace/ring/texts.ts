/**
 * The texts of one thread: each is written once, and from then on a number.
 *
 * A text that is written is never changed, so a reader needs nothing but its number. What finds no room any more is
 * all one text, `…`.
 */
export class TextWriter {
  readonly #bytes: Buffer;
  readonly #used: (bytes: number) => void;
  readonly #lost: () => void;
  readonly #numbers = new Map<string, number>();
  #free = 0;
  // A task waits for the same again and again, and a constant of the program is one string.
  #last = '';
  #lastNumber = 0;

  constructor(bytes: Buffer, used: (bytes: number) => void, lost: () => void) {
    this.#bytes = bytes;
    this.#used = used;
    this.#lost = lost;
    // So that 0 is no text.
    this.#write('');
    this.numberOf(NO_ROOM);
  }

  numberOf(text: string | undefined): number {
    if (text === undefined) return 0;
    if (text === this.#last) return this.#lastNumber;
    this.#lastNumber = this.#numbers.get(text) ?? this.#write(text);
    this.#last = text;
    return this.#lastNumber;
  }

  #write(text: string): number {
    const at = this.#free;
    const kept = text.length <= MOST_CHARS ? text : `${text.slice(0, MOST_CHARS)}${NO_ROOM}`;
    const bytes = Buffer.byteLength(kept);
    if (at + LENGTH_BYTES + bytes > this.#bytes.length) {
      this.#lost();
      return this.#numbers.get(NO_ROOM) ?? 0;
    }
    this.#bytes.writeUInt32LE(bytes, at);
    this.#bytes.write(kept, at + LENGTH_BYTES);
    this.#free = at + LENGTH_BYTES + bytes;
    this.#used(this.#free);
    this.#numbers.set(text, at);
    return at;
  }
}

/** Reads the text with that number; `undefined` for none. */
export function readText(bytes: Buffer, number: number): string | undefined {
  if (number === 0) return undefined;
  const from = number + LENGTH_BYTES;
  return bytes.toString('utf8', from, from + bytes.readUInt32LE(number));
}

const NO_ROOM = '…';
const MOST_CHARS = 500;
const LENGTH_BYTES = 4;
