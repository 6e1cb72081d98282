import { safeInspect } from '../base/safe-inspect.js';
import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { BranchAgainst } from './branch-against.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/**
 * One flag that many tasks can wait for: a polite request to stop, where `abort` is an order.
 *
 * Cancelling a token cancels its children, never its parent. It cannot be taken back.
 * Source: `tokio_util::sync::CancellationToken`.
 *
 * @example
 * const token = new CancellationToken();
 * const worker = spawn(function* () {
 *   const ended = yield* select({ stop: token.cancelled(), work: sleep(60_000) });
 *   return ended.key;
 * });
 * token.cancel();
 * console.log((await worker).unwrap()); // stop
 */
export class CancellationToken {
  readonly #children = new Set<CancellationToken>();
  readonly #waiters = new Set<Waker>();
  #parent: CancellationToken | undefined;
  #controller: AbortController | undefined;
  #cancelled = false;
  #reason: unknown;

  /** Cancels this token and its descendants, and wakes who waits. Only the first call counts. */
  cancel(reason?: unknown): void {
    if (this.#cancelled) return;
    if (this.#parent !== undefined) this.#parent.#children.delete(this);
    const tokens = this.#mark(reason);
    for (const token of tokens) {
      token.#controller?.abort(reason);
      for (const waiter of token.#waiters) waiter.wake();
      token.#waiters.clear();
    }
  }

  // In a loop: a chain of tokens may be longer than the stack is deep. Marked first, so that whoever is told sees
  // the whole tree cancelled.
  #mark(reason: unknown): CancellationToken[] {
    const tokens: CancellationToken[] = [this];
    for (const token of tokens) {
      token.#cancelled = true;
      token.#reason = reason;
      token.#parent = undefined;
      for (const child of token.#children) tokens.push(child);
      token.#children.clear();
    }
    return tokens;
  }

  /** Whether it was cancelled. */
  isCancelled(): boolean {
    return this.#cancelled;
  }

  /** Waits until it is cancelled; ready at once when it is. */
  cancelled(): Op<void> {
    return new Operation<void>(new Cancelled(this.#waiters, () => this.#cancelled));
  }

  /** Makes a token that is cancelled with this one, and may be cancelled by itself. Born cancelled when this one is. */
  childToken(): CancellationToken {
    const child = new CancellationToken();
    if (this.#cancelled) child.cancel(this.#reason);
    else {
      child.#parent = this;
      this.#children.add(child);
    }
    return child;
  }

  /**
   * Waits for a branch until the token is cancelled. Gives the branch's value, or undefined when it was left.
   *
   * A token that is cancelled already does not begin the branch. A value that is there at the same moment wins.
   */
  runUntilCancelled<B extends Branch<unknown>>(branch: B): Op<BranchValue<B> | undefined> {
    const pollable = pollableOf('runUntilCancelled', branch);
    const cancelled = new Cancelled(this.#waiters, () => this.#cancelled);
    const against = new BranchAgainst('runUntilCancelled(', pollable, cancelled, valueOrNothing);
    return new Operation(new UnlessCancelled(against, () => this.#cancelled) as Pollable<never>);
  }

  /** An `AbortSignal` that fires with this token, for APIs of Node and the web. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#cancelled) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Makes a token that is cancelled when `signal` fires. Throws a `TypeError` when it is not an `AbortSignal`. */
  static fromSignal(signal: AbortSignal): CancellationToken {
    if (!(signal instanceof AbortSignal)) {
      throw new TypeError(
        `CancellationToken.fromSignal: signal must be an AbortSignal, got ${safeInspect(signal, 100)}`,
      );
    }
    const token = new CancellationToken();
    if (signal.aborted) token.cancel(signal.reason);
    else signal.addEventListener('abort', () => token.cancel(signal.reason), { once: true });
    return token;
  }
}

class Cancelled implements Pollable<void> {
  readonly what = 'cancelled()';
  readonly #waiters: Set<Waker>;
  readonly #isCancelled: () => boolean;

  constructor(waiters: Set<Waker>, isCancelled: () => boolean) {
    this.#waiters = waiters;
    this.#isCancelled = isCancelled;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#isCancelled()) return undefined;
    this.#waiters.add(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#waiters.delete(waker);
    return true;
  }
}

/** Does not begin what is waited for when the token is cancelled already. */
class UnlessCancelled implements Pollable<unknown> {
  readonly #inner: Pollable<unknown>;
  readonly #isCancelled: () => boolean;
  #began = false;

  constructor(inner: Pollable<unknown>, isCancelled: () => boolean) {
    this.#inner = inner;
    this.#isCancelled = isCancelled;
  }

  get what(): string {
    return this.#inner.what;
  }

  poll(waker: Waker): unknown | Pending {
    if (!this.#began && this.#isCancelled()) return undefined;
    this.#began = true;
    return this.#inner.poll(waker);
  }

  leave(waker: Waker): boolean {
    return this.#inner.leave(waker);
  }
}

function valueOrNothing(value: unknown): unknown {
  return value === PENDING ? undefined : value;
}
