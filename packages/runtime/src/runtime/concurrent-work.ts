import { Ring } from '../base/ring.js';
import { current } from '../task/current.js';
import { PENDING, type Pending, type Pollable, type Waker } from '../task/pollable.js';
import { isUnwinding } from '../task/state.js';
import type { Task } from '../task/task.js';
import { TaskGroup } from '../task/task-group.js';
import { ENDED, ItemSource } from './item-source.js';
import { causeOf } from './scope-body.js';

type Step<T> = IteratorResult<T, undefined>;

const GOING = 0;
const ENDING = 1;
const OVER = 2;

/**
 * What goes on behind `mapConcurrent`: items that wait, tasks that run, values that nobody has taken.
 *
 * It moves only in a poll of who asks for a value: there the free slots are filled, so that a task is spawned on the
 * runtime of the consumer and nothing is begun that nobody may want. A slot is free again when its value is asked for,
 * not when its task has ended: else a slow consumer would have all the values before it.
 *
 * Its end can be begun from outside a poll, by a signal; then, as ever, the first cause is the one that is thrown.
 */
export class ConcurrentWork<T> {
  readonly #source: ItemSource;
  readonly #start: (item: unknown) => Task<unknown>;
  readonly #concurrency: number;
  readonly #ordered: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #tasks = new TaskGroup();
  /** Ordered, all whose value was not taken; else those of them that have ended. */
  readonly #line = new Ring<Task<unknown>>();
  readonly #waiters = new Set<Waker>();
  readonly #relay: Waker = { wake: () => this.#wakeAll() };
  #inFlight = 0;
  #began = false;
  /** While the source or the spawner is called, either of which may ask or end what calls it. */
  #isFilling = false;
  #wasAskedWithin = false;
  #phase: typeof GOING | typeof ENDING | typeof OVER = GOING;
  #cause: { readonly error: unknown } | undefined;
  #reason: unknown;

  constructor(
    items: Iterable<unknown> | AsyncIterable<unknown>,
    start: (item: unknown) => Task<unknown>,
    concurrency: number,
    ordered: boolean,
    signal: AbortSignal | undefined,
  ) {
    this.#source = new ItemSource(items, () => this.#wakeAll());
    this.#start = start;
    this.#concurrency = concurrency;
    this.#ordered = ordered;
    this.#signal = signal;
  }

  /** Waits for the next value. */
  next(): Pollable<Step<T>> {
    return {
      what: 'next() of mapConcurrent',
      poll: (waker) => this.#poll(waker),
      leave: (waker) => this.#leave(waker),
    };
  }

  /** Ends it and waits for that, also in a task that was aborted: a loop calls it for the sake of its cleanup. */
  end(): Pollable<Step<T>> {
    return {
      what: 'return() of mapConcurrent',
      shields: true,
      poll: (waker) => {
        this.#end();
        // Who needs no more is not told why there would be none.
        this.#cause = undefined;
        return this.#isOver(waker) ? this.#nothing() : PENDING;
      },
      leave: (waker) => this.#leave(waker),
    };
  }

  #poll(waker: Waker): Step<T> | Pending {
    if (this.#phase === GOING) {
      this.#begin();
      this.#fill();
      const task = this.#takeEnded();
      if (task !== undefined) {
        this.#inFlight -= 1;
        return { done: false, value: (task.outcome as { readonly value: T }).value };
      }
      if (this.#source.isEnded && this.#inFlight === 0) this.#end();
    }
    if (this.#phase !== GOING) return this.#isOver(waker) ? this.#nothing() : PENDING;
    this.#wait(waker);
    return PENDING;
  }

  /** A `select` that was lost takes nothing; an abort of the task that waits is the end, which a loop would not hear of. */
  #leave(waker: Waker): boolean {
    this.#waiters.delete(waker);
    if (current.task === null || !isUnwinding(current.task)) return true;
    this.#end();
    if (!this.#isOver(waker)) return false;
    this.#cause = undefined;
    this.#nothing();
    return true;
  }

  #begin(): void {
    if (this.#began) return;
    this.#began = true;
    if (this.#signal?.aborted === true) this.#onSignal();
    else this.#signal?.addEventListener('abort', this.#onSignal, { once: true });
  }

  #fill(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      while (this.#mayTake()) {
        const taken = this.#source.take();
        if (taken === ENDED || taken === PENDING) break;
        if (this.#phase === GOING) this.#add(this.#start(taken.item));
      }
    } catch (error) {
      this.#end({ error });
    } finally {
      this.#isFilling = false;
    }
    if (this.#wasAskedWithin) this.#wakeAll();
    this.#wasAskedWithin = false;
  }

  /** A failure that is known by now is heeded first: what would be taken after it would be lost. */
  #mayTake(): boolean {
    this.#collect();
    return this.#phase === GOING && this.#inFlight < this.#concurrency;
  }

  #add(task: Task<unknown>): void {
    task.noteTaken();
    this.#inFlight += 1;
    this.#tasks.add(task);
    if (this.#phase !== GOING) task.abort(this.#reason);
    else if (this.#ordered) this.#line.push(task);
  }

  /** Takes the tasks that have ended out of the group; ends everything where one has failed. */
  #collect(): void {
    for (let task = this.#tasks.take(); task !== undefined; task = this.#tasks.take()) {
      const { outcome } = task;
      if (outcome !== undefined && !outcome.ok) this.#end({ error: causeOf(outcome.error) });
      else if (!this.#ordered) this.#line.push(task);
    }
  }

  /** Takes the task whose value is next, if it has one. */
  #takeEnded(): Task<unknown> | undefined {
    this.#collect();
    if (this.#phase !== GOING || this.#line.peek()?.outcome === undefined) return undefined;
    return this.#line.pop();
  }

  #end(cause?: { readonly error: unknown }, reason?: unknown): void {
    if (this.#phase !== GOING) return;
    this.#phase = ENDING;
    this.#cause = cause;
    this.#reason = reason;
    this.#signal?.removeEventListener('abort', this.#onSignal);
    this.#tasks.abortAll(reason);
    this.#source.close();
    while (this.#line.pop() !== undefined);
  }

  /** Whether, after the end was begun, nothing runs any more. */
  #isOver(waker: Waker): boolean {
    if (this.#phase === OVER) return true;
    while (this.#tasks.take() !== undefined);
    if (this.#tasks.alive === 0 && !this.#source.isClosing && !this.#isFilling) return true;
    this.#wait(waker);
    return false;
  }

  /** Throws, once, what it has ended with. */
  #nothing(): Step<T> {
    const first = this.#phase === ENDING;
    this.#phase = OVER;
    const cause = this.#cause ?? this.#source.closingThrew;
    if (first && cause !== undefined) throw cause.error;
    return { done: true, value: undefined };
  }

  #wait(waker: Waker): void {
    this.#wasAskedWithin ||= this.#isFilling;
    this.#waiters.add(waker);
    this.#tasks.wait(this.#relay);
  }

  #wakeAll(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.wake();
  }

  readonly #onSignal = (): void => {
    const { reason } = this.#signal as AbortSignal;
    this.#end({ error: reason }, reason);
    this.#wakeAll();
  };
}
