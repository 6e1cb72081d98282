/**
 * What the two ends of a channel tell each other without a message, in memory that both threads see.
 *
 * SENT is written by the sender alone and TAKEN by the receiver alone; both only grow, and wrap. Their difference
 * is what is in flight: sent and not received, wherever it is. It never exceeds the capacity, and a sender learns of
 * a free slot by one load, also in a loop that never comes back to its event loop.
 *
 * Who is about to wait says so (`WAITS`), and then looks once more. Who has made something new takes the word back,
 * and rings only if it was set: so a bell costs one message for each time that a side has run out of work, not one
 * for each item. A message is in the other thread's queue before SENT says so.
 *
 * Rejected: credits in messages. A loop that never waits could not collect them, and each costs what an item costs.
 */
export class ChannelWords {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly capacity: number;

  private constructor(words: Int32Array<SharedArrayBuffer>) {
    this.#words = words;
    this.capacity = Atomics.load(words, CAPACITY);
  }

  /** The words of a new channel. */
  static make(capacity: number): ChannelWords {
    const words = new Int32Array(new SharedArrayBuffer(SIZE * Int32Array.BYTES_PER_ELEMENT));
    Atomics.store(words, CAPACITY, capacity);
    return new ChannelWords(words);
  }

  /** This thread's view of a channel that another one made. */
  static of(buffer: SharedArrayBuffer): ChannelWords {
    return new ChannelWords(new Int32Array(buffer));
  }

  get buffer(): SharedArrayBuffer {
    return this.#words.buffer;
  }

  /** How many were sent and not received. */
  get inFlight(): number {
    return (Atomics.load(this.#words, SENT) - Atomics.load(this.#words, TAKEN)) | 0;
  }

  /** One was sent. Answers whether the receiver waits and is to be woken. */
  sent(): boolean {
    Atomics.add(this.#words, SENT, 1);
    return this.#takeBack(RECEIVER_WAITS);
  }

  /** One was received. Answers whether the sender waits and is to be woken. */
  taken(): boolean {
    Atomics.add(this.#words, TAKEN, 1);
    return this.#takeBack(SENDER_WAITS);
  }

  /** Says that the receiver is about to wait. Answers whether it had said so before; if not, it looks once more. */
  receiverWaits(): boolean {
    return Atomics.exchange(this.#words, RECEIVER_WAITS, AWAITS) === AWAITS;
  }

  /** Says that the sender is about to wait. Answers whether it had said so before; if not, it looks once more. */
  senderWaits(): boolean {
    return Atomics.exchange(this.#words, SENDER_WAITS, AWAITS) === AWAITS;
  }

  /** Blocks this thread, which has the receiver, while `unless` is false. Answers `false` when it only ran out of time. */
  receiverBlocks(unless: () => boolean): boolean {
    return this.#block(RECEIVER_WAITS, unless);
  }

  /** Blocks this thread, which has the sender, while `unless` is false. Answers `false` when it only ran out of time. */
  senderBlocks(unless: () => boolean): boolean {
    return this.#block(SENDER_WAITS, unless);
  }

  get senderClosed(): boolean {
    return (Atomics.load(this.#words, CLOSED) & BY_SENDER) !== 0;
  }

  get receiverClosed(): boolean {
    return (Atomics.load(this.#words, CLOSED) & BY_RECEIVER) !== 0;
  }

  /** Nothing more will be sent. Answers whether the receiver waits and is to be woken. */
  closeSender(): boolean {
    Atomics.or(this.#words, CLOSED, BY_SENDER);
    return this.#takeBack(RECEIVER_WAITS);
  }

  /** Nothing more is wanted. Answers whether the sender waits and is to be woken. */
  closeReceiver(): boolean {
    Atomics.or(this.#words, CLOSED, BY_RECEIVER);
    return this.#takeBack(SENDER_WAITS);
  }

  #takeBack(waits: number): boolean {
    // Nearly always nobody waits, and a load is cheaper than an exchange.
    if (Atomics.load(this.#words, waits) === NOBODY) return false;
    if (Atomics.exchange(this.#words, waits, NOBODY) !== BLOCKS) return true;
    // Who is blocked hears no bell: the kernel wakes it.
    Atomics.notify(this.#words, waits);
    return false;
  }

  #block(waits: number, unless: () => boolean): boolean {
    Atomics.store(this.#words, waits, BLOCKS);
    const woken = unless() || Atomics.wait(this.#words, waits, BLOCKS, SLICE_MS) !== 'timed-out';
    Atomics.store(this.#words, waits, NOBODY);
    return woken;
  }
}

/** How long a blocked thread sleeps before it looks whether there still is another side. */
const SLICE_MS = 50;

/** What the words of the waits say. Who awaits is woken by a bell, who blocks by the kernel. */
const NOBODY = 0;
const AWAITS = 1;
const BLOCKS = 2;

const CAPACITY = 0;
const SENT = 1;
const TAKEN = 2;
const SENDER_WAITS = 3;
const RECEIVER_WAITS = 4;
const CLOSED = 5;
const SIZE = 6;

const BY_SENDER = 1;
const BY_RECEIVER = 2;
