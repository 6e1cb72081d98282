import { safeInspect } from '../base/safe-inspect.js';
import { type Branch, type BranchValue, pollableOf } from './branch.js';
import { DropGuard } from './drop-guard.js';
import type { Op } from './op.js';
import { Operation } from './operation.js';
import type { Pollable } from './pollable.js';
import { Cancelled, TokenNode } from './token-node.js';
import { UntilCancelled } from './until-cancelled.js';

/**
 * One flag that many tasks can wait for: a polite request to stop, where `abort` is an order.
 *
 * Cancelling a token cancels its children, never its parent. It cannot be taken back. A token that is forgotten
 * cancels nobody and is free to be collected, though its parent lives on. Source:
 * `tokio_util::sync::CancellationToken`.
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
  #node = new TokenNode();
  #signal: AbortSignal | undefined;

  /**
   * Cancels this token and its descendants, and wakes who waits. Only the first call counts.
   *
   * `reason` becomes that of every `signal` of theirs; `AbortSignal`'s own by default. Source:
   * `CancellationToken::cancel`.
   */
  cancel(reason?: unknown): void {
    this.#node.cancel(reason);
  }

  /** Whether it was cancelled. Source: `CancellationToken::is_cancelled`. */
  isCancelled(): boolean {
    return this.#node.isCancelled;
  }

  /**
   * Waits until it is cancelled; ready at once when it is. Aborted, it stops waiting.
   *
   * Source: `CancellationToken::cancelled`.
   */
  cancelled(): Op<void> {
    return new Operation<void>(new Cancelled(this, this.#node));
  }

  /**
   * Makes a token that is cancelled with this one, and may be cancelled by itself. Born cancelled when this one is.
   *
   * Source: `CancellationToken::child_token`.
   */
  childToken(): CancellationToken {
    return CancellationToken.#on(this.#node.child());
  }

  /**
   * Waits for a branch until the token is cancelled. Gives the branch's value, or undefined when it was left.
   *
   * A token that is cancelled already does not begin the branch. A value that is there at the same moment wins.
   * Throws what the branch throws; a `TypeError` at once for what is no branch. Aborted, it leaves the branch.
   * Source: `CancellationToken::run_until_cancelled`.
   */
  runUntilCancelled<B extends Branch<unknown>>(branch: B): Op<BranchValue<B> | undefined> {
    const pollable = pollableOf('runUntilCancelled', branch);
    const until = new UntilCancelled(pollable, new Cancelled(this, this.#node));
    return new Operation(until as Pollable<never>);
  }

  /**
   * Cancels this token at the end of a `using` block, unless the guard was disarmed.
   *
   * Source: `CancellationToken::drop_guard`.
   *
   * @example
   * const token = new CancellationToken();
   * {
   *   using guard = token.dropGuard();
   * }
   * console.log(token.isCancelled()); // true
   */
  dropGuard(): DropGuard<CancellationToken> {
    return new DropGuard(this);
  }

  /**
   * An `AbortSignal` that fires with this token, for APIs of Node and the web. The same one each time.
   *
   * While somebody has it or listens to it, it fires, though the token itself was forgotten.
   */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const { isCancelled, reason } = this.#node;
      // Node keeps a signal of `any` for just as long as somebody has it or listens to it, and that is how long this
      // token is needed for it. A controller's own signal does not say who listens.
      this.#signal = isCancelled ? AbortSignal.abort(reason) : AbortSignal.any([this.#node.source()]);
      tokenOf.set(this.#signal, this);
    }
    return this.#signal;
  }

  /**
   * Makes a token that is cancelled when `signal` fires, with its reason. It does not fire the signal.
   *
   * There is one listener for each signal, which goes again with the last token that was made from it: cancelled, or
   * forgotten. Throws a `TypeError` when it is not an `AbortSignal`.
   */
  static fromSignal(signal: AbortSignal): CancellationToken {
    if (!(signal instanceof AbortSignal)) {
      throw new TypeError(
        `CancellationToken.fromSignal: signal must be an AbortSignal, got ${safeInspect(signal, 100)}`,
      );
    }
    const root = roots.get(signal) ?? listen(signal);
    const token = CancellationToken.#on(root.child());
    root.drop();
    return token;
  }

  static #on(node: TokenNode): CancellationToken {
    const token = new CancellationToken();
    token.#node = node;
    if (!node.isCancelled) forgotten.register(token, node);
    return token;
  }
}

const forgotten = new FinalizationRegistry<TokenNode>((node) => node.drop());

/** Which token a signal is of: so the token lives as long as its signal. */
const tokenOf = new WeakMap<AbortSignal, CancellationToken>();

/** The node of each signal that a living token was made from. */
const roots = new WeakMap<AbortSignal, TokenNode>();

function listen(signal: AbortSignal): TokenNode {
  const fire = (): void => {
    root.cancel(signal.reason);
  };
  const root = new TokenNode(() => {
    signal.removeEventListener('abort', fire);
    roots.delete(signal);
  });
  if (signal.aborted) root.cancel(signal.reason);
  else {
    signal.addEventListener('abort', fire, { once: true });
    roots.set(signal, root);
  }
  return root;
}
