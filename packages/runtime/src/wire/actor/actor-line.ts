import type { MessagePort } from 'node:worker_threads';
import { errorMessage, errorName, isError } from '../../base/error-text.js';
import { invariant } from '../../base/invariant.js';
import { decodeThrown, encodeThrown } from '../error-codec.js';
import { type CarriedValue, packContext } from '../job-context.js';
import { leaveBehind } from '../movable-class.js';
import type { Transferred } from '../payload.js';
import { refusal } from '../refusal.js';
import type { ActorAnswer, ActorNews, ActorQuestion } from './actor-messages.js';
import { ComlinkLine, type Parcel } from './comlink-line.js';
import { GivenCallbacks } from './given-callbacks.js';
import { HeldCallbacks } from './held-callbacks.js';
import { type Packed, type Packing, packArguments, packResult, unpack } from './pack.js';

/**
 * One end of what an actor and who started it say to each other: values are checked and made whole, throws
 * cross as throws, and each side's proxied functions can be called by the other.
 *
 * Whatever is asked settles: by its answer, or by `end`, which whoever watches the thread must call when it is
 * gone. Answers that came before the end are not lost to it.
 */
export class ActorLine {
  readonly #line: ComlinkLine;
  readonly #side: ActorSide;
  readonly #given = new GivenCallbacks();
  readonly #held: HeldCallbacks;
  /** How to reject each question that has no answer yet. */
  readonly #open = new Set<() => void>();
  #ended: ((caller: string) => Error) | undefined;

  constructor(port: MessagePort, side: ActorSide) {
    this.#side = side;
    this.#held = new HeldCallbacks(
      (id, args) =>
        this.ask('a proxied function', args, (packed) => ({ kind: 'callback', id, args: packed })),
      (id, times) =>
        this.#line.tell({ body: { kind: 'returned', id, times } satisfies ActorNews, transfer: [] }),
    );
    this.#line = new ComlinkLine(port, {
      answer: async (body) => this.#answer(body as ActorQuestion),
      unsendable: (why) => failure(refusal('ERR_NOT_SENDABLE', `a result: ${why}`)),
      told: (body) => this.#told(body as ActorNews),
      unreadable: (error) => failure(unreadable(error)),
      missed: (error) => this.#side.missed(unreadable(error)),
    });
  }

  /** How many functions the other side may call. */
  get givenCallbacks(): number {
    return this.#given.size;
  }

  /**
   * Asks the other side, and gives what it gave, or rejects with what it threw.
   *
   * @param caller what a refusal begins with.
   * @throws {TypeError} `ERR_NOT_SENDABLE` when an argument cannot cross.
   */
  ask(
    caller: string,
    args: readonly unknown[],
    question: (args: Packed) => ActorQuestion,
    more: readonly Transferred[] = [],
  ): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended(caller));
    const post = ({ transfer, ...parcel }: Parcel): Promise<unknown> =>
      this.#line.ask({
        ...parcel,
        transfer: more.length === 0 ? transfer : [...new Set([...transfer, ...more])],
      });
    const answer = this.#send(caller, args, post, question);
    return this.#untilEnd(caller, (answered, failed) => {
      answer.then((body) => this.#read(body as ActorAnswer, answered, failed), failed);
    });
  }

  /** What `ask` is when the end is near: it rejects with it. */
  askNobody(caller: string): Promise<never> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended(caller));
    return this.#untilEnd(caller, () => undefined);
  }

  /** Calls a method of the object: a question, and what goes along with a spawn. */
  call(caller: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const goes = packContext(caller);
    const context = goes === undefined ? {} : { context: goes.carried };
    return this.ask(
      caller,
      args,
      (packed) => ({ kind: 'call', method, args: packed, ...context }),
      goes?.transfer,
    );
  }

  /** Has the object made. */
  construct(caller: string, args: readonly unknown[]): void {
    const news = (packed: Packed): ActorNews => ({ kind: 'construct', args: packed });
    this.#send(caller, args, (parcel) => this.#line.tell(parcel), news);
  }

  stop(): void {
    this.#line.tell({ body: { kind: 'stop' } satisfies ActorNews, transfer: [] });
  }

  unpack(args: Packed): readonly unknown[] {
    return unpack(args, (id) => this.#held.receive(id)) as readonly unknown[];
  }

  /** Hears a message that was taken from the port by hand. */
  hear(message: unknown): void {
    this.#line.hear(message);
  }

  /** The other side is gone. What it has not answered rejects with what `error` makes, and so does what is asked later. */
  end(error: (caller: string) => Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    this.#given.clear();
    // An answer that was heard already is on its way through promises.
    setImmediate(() => {
      for (const end of this.#open) end();
      this.#open.clear();
    });
  }

  /** Waits for what `begin` settles, until the other side is gone. */
  #untilEnd<T>(
    caller: string,
    begin: (resolve: (value: T) => void, reject: (thrown: unknown) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => reject(this.#ended?.(caller));
      this.#open.add(end);
      begin(
        (value) => {
          this.#open.delete(end);
          resolve(value);
        },
        (thrown) => {
          this.#open.delete(end);
          reject(thrown);
        },
      );
    });
  }

  #send<R>(
    caller: string,
    args: readonly unknown[],
    post: (parcel: Parcel) => R,
    body: (packed: Packed) => unknown,
  ): R {
    const { packed, transfer, objects } = packArguments(args, (fn) => this.#given.give(fn), caller);
    try {
      return post({ body: body(packed), transfer, deep: objects > SURELY_READ });
    } catch (error) {
      leaveBehind(transfer);
      for (const { id } of packed.callbacks ?? []) this.#given.takeBack(id, 1);
      if (!isError(error) || errorName(error) !== 'DataCloneError') throw error;
      const why = errorMessage(error) ?? 'an argument cannot be cloned';
      throw refusal('ERR_NOT_SENDABLE', `${caller}: ${why}`, { cause: error });
    }
  }

  #read(answer: ActorAnswer, resolve: (value: unknown) => void, reject: (thrown: unknown) => void): void {
    try {
      if (answer.ok) resolve(unpack(answer.result, (id) => this.#held.receive(id)));
      else reject(decodeThrown(answer.thrown));
    } catch (error) {
      // It is not an answer of ours, or Node could not restore it.
      reject(error);
    }
  }

  async #answer(question: ActorQuestion): Promise<Parcel> {
    const caller = question.kind === 'call' ? this.#side.nameOf(question.method) : 'a proxied function';
    try {
      const result = await this.#run(question);
      const packing: Packing = packResult(result, (fn) => this.#given.give(fn), caller);
      const body: ActorAnswer = { ok: true, result: packing.packed };
      return { body, transfer: packing.transfer, deep: packing.objects > SURELY_READ };
    } catch (thrown) {
      return { body: failure(thrown), transfer: [] };
    }
  }

  #run(question: ActorQuestion): Promise<unknown> {
    switch (question.kind) {
      case 'call':
        return this.#side.call(question.method, this.unpack(question.args), question.context);
      case 'callback': {
        const callback = this.#given.at(question.id);
        invariant(callback !== undefined, 'a proxied function was called after it had been let go');
        return callback(...this.unpack(question.args));
      }
    }
  }

  #told(news: ActorNews): void {
    switch (news.kind) {
      case 'construct':
        this.#side.construct(news.args);
        return;
      case 'returned':
        this.#given.takeBack(news.id, news.times);
        return;
      case 'stop':
        this.#side.stop();
        return;
    }
  }
}

/** Who is at this end, as the other side asks for it. */
export interface ActorSide {
  /** What a refusal of a method's result begins with. */
  nameOf(method: string): string;
  call(
    method: string,
    args: readonly unknown[],
    context: readonly CarriedValue[] | undefined,
  ): Promise<unknown>;
  construct(args: Packed): void;
  stop(): void;
  /** The arguments of `construct` came, and could not be read. */
  missed(error: Error): void;
}

/** So deep any thread can read: the main one reads two thousand, and none has so small a stack. */
const SURELY_READ = 100;

function unreadable(error: unknown): Error {
  const why = (isError(error) ? errorMessage(error) : undefined) ?? 'it is not known why';
  return refusal(
    'ERR_NOT_SENDABLE',
    `an actor: what was sent cannot be read on the other thread: ${why}. Nest it less deep.`,
    { cause: error },
  );
}

function failure(thrown: unknown): ActorAnswer {
  return { ok: false, thrown: encodeThrown(thrown) };
}
