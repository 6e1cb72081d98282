import type { MessagePort } from 'node:worker_threads';
import { expose, wrap } from 'comlink';
import { errorMessage, isError } from '../../base/error-text.js';
import type { Transferred } from '../payload.js';

/**
 * Questions and answers between an actor and who started it, over one port, in both directions: the one file
 * that knows comlink.
 *
 *     asks ──▶ comlink's wrap ──▶ (1) ask ──▶ comlink's expose ──▶ answers
 *              settles the call ◀── (2) answer ◀──┘
 *     tells ─────────────────────▶ (3) news, which nobody answers
 *                                  (4) next: what is posted after it
 *
 * What is nested too deep for the stack of the thread that gets it arrives as an event that does not even say whose it
 * was. So what might be is announced, and an announced message that cannot be read is answered for.
 *
 * comlink numbers the questions and finds the call that an answer belongs to. It gets to see neither what is
 * asked nor what is answered: those lie beside its own messages, and are put on and taken off here. For
 * comlink keeps one list of `transferHandlers` for all that a program does with it. Replacing its `throw` there
 * by our codec would change the program's own use of comlink, whose other side does not know our codec; and a
 * handler of the program's that claims every object would get hold of our messages. So neither meets the
 * other. Also, what arrives chooses no path into an object of ours, which comlink itself would let it.
 *
 * The port is used as it is. comlink's adapter for Node never closes one. Its own `proxy` is not used either,
 * which opens a port for each function that is sent: see given-callbacks.ts.
 */
export class ComlinkLine {
  readonly #port: MessagePort;
  readonly #end: LineEnd;
  readonly #ask: () => Promise<unknown>;
  readonly #listeners: ((event: { readonly data: unknown }) => void)[] = [];
  /** What `ask` is about to post: comlink calls back before it returns. */
  #asking: Parcel | undefined;
  #refused: { readonly error: unknown } | undefined;
  /** The question that comlink is being shown. */
  #asked: { readonly id: string; readonly body: unknown } | undefined;
  readonly #answers = new Map<string, Parcel>();
  /** What was announced and has not come yet. */
  #next: Announced | undefined;

  constructor(port: MessagePort, end: LineEnd) {
    this.#port = port;
    this.#end = end;
    const endpoint = {
      addEventListener: (_: string, listener: unknown): void => {
        this.#listeners.push(listener as (event: { readonly data: unknown }) => void);
      },
      removeEventListener: (): void => undefined,
      postMessage: (message: ComlinkMessage): void => this.#post(message),
    };
    expose({ ask: () => this.#answer() }, endpoint);
    // Kept as it is: each look at comlink's proxy would make another one, to be collected some day.
    this.#ask = wrap<{ ask(): unknown }>(endpoint).ask as () => Promise<unknown>;
    port.on('message', this.hear).on('messageerror', (error) => this.#cannotRead(error));
  }

  /** Asks the other side. Gives the body of its answer; throws when Node will not clone the question. */
  ask(parcel: Parcel): Promise<unknown> {
    this.#asking = parcel;
    const answer = this.#ask();
    this.#asking = undefined;
    const refused = this.#refused;
    if (refused === undefined) return answer;
    this.#refused = undefined;
    throw refused.error;
  }

  /** Tells the other side something that has no answer. Throws when Node will not clone it. */
  tell({ body, transfer, deep }: Parcel): void {
    if (deep === true) this.#announce({ what: 'news' });
    this.#port.postMessage({ heddle: 'news', body } satisfies LineMessage, transfer);
  }

  /** Hears one message; given to who takes the last ones from the port by hand. */
  readonly hear = (data: unknown): void => {
    const message = readMessage(data);
    this.#next = message?.heddle === 'next' ? message.next : undefined;
    switch (message?.heddle) {
      case undefined:
      case 'next':
        return;
      case 'ask':
        this.#asked = message;
        this.#dispatch({ id: message.id, type: 'APPLY', path: ['ask'], argumentList: [] });
        return;
      case 'answer':
        this.#dispatch({ id: message.id, type: 'RAW', value: message.body });
        return;
      case 'news':
        this.#end.told(message.body);
        return;
    }
  };

  async #answer(): Promise<void> {
    const asked = this.#asked!;
    this.#answers.set(asked.id, await this.#end.answer(asked.body));
  }

  #announce(next: Announced): void {
    this.#port.postMessage({ heddle: 'next', next } satisfies LineMessage);
  }

  #cannotRead(error: unknown): void {
    const next = this.#next;
    this.#next = undefined;
    switch (next?.what) {
      case undefined:
        return;
      case 'ask':
        this.#port.postMessage({
          heddle: 'answer',
          id: next.id,
          body: this.#end.unreadable(error),
        } satisfies LineMessage);
        return;
      case 'answer':
        this.#dispatch({ id: next.id, type: 'RAW', value: this.#end.unreadable(error) });
        return;
      case 'news':
        this.#end.missed(error);
        return;
    }
  }

  #dispatch(data: ComlinkMessage): void {
    for (const listener of this.#listeners) listener({ data });
  }

  #post({ id, type }: ComlinkMessage): void {
    // Without an id it is nobody's answer. A line that is garbage releases itself: its port is closed already.
    if (id === undefined || type === 'RELEASE') return;
    if (type === 'APPLY') this.#postQuestion(id);
    else this.#postAnswer(id);
  }

  #postQuestion(id: string): void {
    const { body, transfer, deep } = this.#asking!;
    try {
      if (deep === true) this.#announce({ what: 'ask', id });
      this.#port.postMessage({ heddle: 'ask', id, body } satisfies LineMessage, transfer);
    } catch (error) {
      this.#refused = { error };
      // So that comlink does not wait for it.
      this.#dispatch({ id, type: 'RAW', value: undefined });
    }
  }

  #postAnswer(id: string): void {
    const parcel = this.#answers.get(id);
    if (parcel === undefined) return;
    this.#answers.delete(id);
    try {
      if (parcel.deep === true) this.#announce({ what: 'answer', id });
      this.#port.postMessage(
        { heddle: 'answer', id, body: parcel.body } satisfies LineMessage,
        parcel.transfer,
      );
    } catch (error) {
      const body = this.#end.unsendable(
        (isError(error) ? errorMessage(error) : undefined) ?? 'it cannot be cloned',
      );
      this.#port.postMessage({ heddle: 'answer', id, body } satisfies LineMessage);
    }
  }
}

/** Something to post: plain data, and what of it is moved. */
export interface Parcel {
  readonly body: unknown;
  readonly transfer: readonly Transferred[];
  /** Whether it may be nested too deep for the other side. */
  readonly deep?: boolean;
}

/** Who is at one end of a line. */
export interface LineEnd {
  /** Answers a question. Never rejects. */
  answer(body: unknown): Promise<Parcel>;
  /** The answer to give in place of one that Node will not clone. */
  unsendable(why: string): unknown;
  told(body: unknown): void;
  /** The answer that says that a question or an answer could not be read. */
  unreadable(error: unknown): unknown;
  /** News came that could not be read. */
  missed(error: unknown): void;
}

/** What is on the port. */
type LineMessage =
  | { readonly heddle: 'ask' | 'answer'; readonly id: string; readonly body: unknown }
  | { readonly heddle: 'news'; readonly body: unknown }
  | { readonly heddle: 'next'; readonly next: Announced };

type Announced = { readonly what: 'ask' | 'answer'; readonly id: string } | { readonly what: 'news' };

/** The part of comlink's protocol that is used: a call, what it gave, and the good-bye of a proxy. */
interface ComlinkMessage {
  readonly id?: string;
  readonly type: string;
  readonly path?: readonly string[];
  readonly argumentList?: readonly unknown[];
  readonly value?: unknown;
}

const KINDS: ReadonlySet<unknown> = new Set<LineMessage['heddle']>(['ask', 'answer', 'news', 'next']);

function readMessage(data: unknown): LineMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { heddle, id } = data as { readonly heddle?: unknown; readonly id?: unknown };
  const known = KINDS.has(heddle) && (heddle === 'news' || heddle === 'next' || typeof id === 'string');
  return known ? (data as LineMessage) : undefined;
}
