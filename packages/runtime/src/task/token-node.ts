import { PENDING, type Pending, type Pollable, type Waker } from './pollable.js';

/**
 * A place in the tree of tokens: what is cancelled, and who is told.
 *
 * The token in the user's hand and its node are two objects, since JavaScript drops nothing. A parent holds the nodes of
 * its children, so that a cancel always reaches who waits; it does not hold their tokens. When a token is collected its
 * node leaves the tree, unless it has children that do not: a server that makes a child for each request does not
 * grow. What can still be told holds the token and so keeps the node: an operation, and a signal, for as long as
 * somebody has it or listens to it.
 *
 * Rejected: weak references to children (who waits on a token that nobody else holds would be collected with it, and
 * never be told), and a `close()` for tokens (tokio's have none, and a forgotten one would be a leak).
 */
export class TokenNode {
  readonly waiters: Set<Waker> = new Set();
  readonly #children = new Set<TokenNode>();
  #parent: TokenNode | undefined;
  #isNeeded = true;
  #isCancelled = false;
  #reason: unknown;
  #controller: AbortController | undefined;
  readonly #left: (() => void) | undefined;

  /** `left` is called when a root has left the tree: it is cancelled, or neither it nor a descendant is needed. */
  constructor(left?: () => void) {
    this.#left = left;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Cancels this node and all below it. Answers `false` when it was cancelled before. */
  cancel(reason: unknown): boolean {
    if (this.#isCancelled) return false;
    const parent = this.#parent;
    const nodes = this.#mark(reason);
    if (parent === undefined) this.#left?.();
    else parent.#forget(this);
    for (const node of nodes) {
      node.#controller?.abort(reason);
      for (const waiter of node.waiters) waiter.wake();
      node.waiters.clear();
    }
    return true;
  }

  // In a loop: a chain of tokens may be longer than the stack is deep. Marked first, so that whoever is told sees
  // the whole tree cancelled.
  #mark(reason: unknown): TokenNode[] {
    const nodes: TokenNode[] = [this];
    for (const node of nodes) {
      node.#isCancelled = true;
      node.#reason = reason;
      node.#parent = undefined;
      for (const child of node.#children) nodes.push(child);
      node.#children.clear();
    }
    return nodes;
  }

  /** Makes a node that is cancelled with this one: at once, when this one is. */
  child(): TokenNode {
    const child = new TokenNode();
    if (this.#isCancelled) child.cancel(this.#reason);
    else {
      child.#parent = this;
      this.#children.add(child);
    }
    return child;
  }

  /** The signal that this node fires. Only for its token, which hands out another: see there. */
  source(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Says that its token is no more, and takes it out of the tree unless it has children. */
  drop(): void {
    this.#isNeeded = false;
    this.#leaveUnlessNeeded();
  }

  #forget(child: TokenNode): void {
    this.#children.delete(child);
    this.#leaveUnlessNeeded();
  }

  #leaveUnlessNeeded(): void {
    let at: TokenNode | undefined = this;
    while (at !== undefined && !at.#isNeeded && at.#children.size === 0 && !at.#isCancelled) {
      const parent: TokenNode | undefined = at.#parent;
      at.#parent = undefined;
      if (parent === undefined) at.#left?.();
      else parent.#children.delete(at);
      at = parent;
    }
  }
}

/** Waits until a token is cancelled. */
export class Cancelled implements Pollable<void> {
  readonly what = 'cancelled()';
  /** Held, so that nobody collects it while somebody waits. */
  readonly token: object;
  readonly #node: TokenNode;

  constructor(token: object, node: TokenNode) {
    this.token = token;
    this.#node = node;
  }

  get isCancelled(): boolean {
    return this.#node.isCancelled;
  }

  poll(waker: Waker): undefined | Pending {
    if (this.#node.isCancelled) return undefined;
    this.#node.waiters.add(waker);
    return PENDING;
  }

  leave(waker: Waker): boolean {
    this.#node.waiters.delete(waker);
    return true;
  }
}
