import { PENDING, type Pending } from '../task/pollable.js';

/** The answer of a source that has no more items. */
export const ENDED: unique symbol = Symbol('ended');

/**
 * An iterable or an async iterable, from which one item is taken at a time.
 *
 * It is asked for an item only when it is told to, and for no second one before it has answered.
 */
export class ItemSource {
  readonly #items: Iterable<unknown> | AsyncIterable<unknown>;
  readonly #changed: () => void;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  #isAsync = false;
  #isAsked = false;
  /** A generator that runs cannot be closed, though it may end, by a signal, whoever asks it. */
  #isRunning = false;
  #isClosing = false;
  #ended = false;
  #answer: Answer | undefined;
  #closingThrew: { readonly error: unknown } | undefined;

  /** `changed` is called when an answer has come that was not there at once. */
  constructor(items: Iterable<unknown> | AsyncIterable<unknown>, changed: () => void) {
    this.#items = items;
    this.#changed = changed;
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  /**
   * Whether it was closed and is to say that it is.
   *
   * An async generator closes after it has answered: while it is asked for an item, that may be never.
   */
  get isClosing(): boolean {
    return this.#isClosing && !(this.#isAsked && this.#answer === undefined);
  }

  /** What it threw when it was closed. */
  get closingThrew(): { readonly error: unknown } | undefined {
    return this.#closingThrew;
  }

  /** Takes the next item, or begins to. Throws what the source throws, and then it has ended. */
  take(): { readonly item: unknown } | typeof ENDED | Pending {
    if (this.#ended) return ENDED;
    try {
      if (this.#isAsked && this.#answer === undefined) return PENDING;
      const step = this.#isAsked ? this.#answered() : this.#ask();
      if (this.#ended) return ENDED;
      if (step === PENDING) return PENDING;
      if (step.done !== true) return { item: step.value };
      this.#ended = true;
      return ENDED;
    } catch (thrown) {
      this.#ended = true;
      throw thrown;
    }
  }

  /** Tells it that no more is wanted. One that was never asked, or has ended, is not told. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#isRunning) this.#close();
  }

  #close(): void {
    try {
      if (isLast(this.#answer)) return;
      const closed = this.#iterator?.return?.();
      if (closed === undefined || !this.#isAsync) return;
      this.#isClosing = true;
      Promise.resolve(closed).then(
        () => this.#isClosed(),
        (error) => this.#isClosed({ error }),
      );
    } catch (error) {
      this.#closingThrew = { error };
    }
  }

  #ask(): IteratorResult<unknown> | Pending {
    let step: IteratorResult<unknown> | Pending = PENDING;
    this.#isRunning = true;
    try {
      this.#iterator ??= this.#open();
      if (!this.#ended) step = this.#next(this.#iterator);
    } finally {
      this.#isRunning = false;
    }
    if (this.#ended && (step === PENDING || step.done !== true)) this.#close();
    return step;
  }

  #next(iterator: Iterator<unknown> | AsyncIterator<unknown>): IteratorResult<unknown> | Pending {
    const step = iterator.next();
    if (!this.#isAsync) return step as IteratorResult<unknown>;
    this.#isAsked = true;
    Promise.resolve(step).then(
      (step) => this.#came({ step }),
      (thrown) => this.#came({ thrown }),
    );
    return PENDING;
  }

  #open(): Iterator<unknown> | AsyncIterator<unknown> {
    const items = this.#items as Iterable<unknown> & AsyncIterable<unknown>;
    this.#isAsync = typeof items[Symbol.asyncIterator] === 'function';
    return this.#isAsync ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  #came(answer: Answer): void {
    this.#answer = answer;
    this.#changed();
  }

  #answered(): IteratorResult<unknown> {
    const answer = this.#answer as Answer;
    this.#isAsked = false;
    this.#answer = undefined;
    if ('thrown' in answer) throw answer.thrown;
    return answer.step;
  }

  #isClosed(threw?: { readonly error: unknown }): void {
    this.#isClosing = false;
    this.#closingThrew = threw;
    this.#changed();
  }
}

type Answer = { readonly step: IteratorResult<unknown> } | { readonly thrown: unknown };

/** Whether the source has ended with that answer. */
function isLast(answer: Answer | undefined): boolean {
  return answer !== undefined && ('thrown' in answer || answer.step.done === true);
}
