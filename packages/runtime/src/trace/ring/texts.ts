/**
 * The texts of one thread: each is written once, and from then on a number.
 *
 * A text that is written is never changed, so a reader needs nothing but its number. What finds no room any more is
 * all one text, `…`.
 *
 * What is waited for may be a new text each time, `sleep(5.1234)`, and would leave no room for the rest. So it has
 * three quarters of it; then waits that differ in their numbers alone share a text, `sleep(…)`. Marks have a part of
 * their own at the end: one of them is the zero of the run.
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
    this.#write('', 1);
    this.#write(NO_ROOM, 1);
  }

  /** A name, or the place of a spawn. */
  numberOf(text: string | undefined): number {
    return text === undefined ? 0 : (this.#numbers.get(text) ?? this.#writeOrLose(text, NAMES));
  }

  /** The name of a mark. */
  markOf(text: string): number {
    return this.#numbers.get(text) ?? this.#writeOrLose(text, 1);
  }

  /** What a task waits for. */
  waitOf(text: string | undefined): number {
    if (text === undefined) return 0;
    if (text === this.#last) return this.#lastNumber;
    this.#lastNumber = this.#numbers.get(text) ?? this.#write(text, WAITS) ?? this.#loseNumbers(text);
    this.#last = text;
    return this.#lastNumber;
  }

  #loseNumbers(text: string): number {
    const shared = text.replace(NUMBERS, NO_ROOM);
    if (shared === text) return this.#writeOrLose(text, NAMES);
    this.#lost();
    return this.#numbers.get(shared) ?? this.#write(shared, NAMES) ?? this.#noRoom;
  }

  #writeOrLose(text: string, part: number): number {
    const at = this.#write(text, part);
    if (at !== undefined) return at;
    this.#lost();
    return this.#noRoom;
  }

  get #noRoom(): number {
    return this.#numbers.get(NO_ROOM) ?? 0;
  }

  /** Writes it unless that part of the room, from the beginning, is full. */
  #write(text: string, part: number): number | undefined {
    const at = this.#free;
    const kept = text.length <= MOST_CHARS ? text : `${text.slice(0, MOST_CHARS)}${NO_ROOM}`;
    const bytes = Buffer.byteLength(kept);
    if (at + LENGTH_BYTES + bytes > this.#bytes.length * part) return undefined;
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

/** Up to where they go, as a part of the room. */
const WAITS = 3 / 4;
const NAMES = 15 / 16;
const NUMBERS = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;
const NO_ROOM = '…';
const MOST_CHARS = 500;
const LENGTH_BYTES = 4;
