import { printable } from '../base/printable.js';
import { current } from '../task/current.js';
import { markOwned } from '../task/owned.js';
import { isSettled } from '../task/state.js';
import type { Task } from '../task/task.js';
import { SocketClosed } from './socket-closed.js';
import type { WaitingSet } from './waiting.js';

/** What is closed when its task ends: a stream, a half or a listener, as its lease sees it. */
export interface Leased {
  /** The object in the user's hand. Returned by its task, it is handed over, not closed. */
  readonly inHand: object;
  /** Those who wait to read or to accept. */
  readonly heirs: WaitingSet | undefined;
  close(): void;
  /** Whether an open socket that nobody owns lets the process end. */
  keepAlive(yes: boolean): void;
}

/**
 * Who a socket belongs to: at each moment one task or none, and when that task settles it is closed.
 *
 * Rust moves a stream into the task that serves it. JavaScript moves nothing, so this is the rule:
 *
 *   1. It belongs to the task that bound, accepted or connected it; outside any task, to nobody.
 *   2. `spawn(handle, stream)` moves it to the new task, at the spawn.
 *   3. The task that uses it first takes it, and from then on the task that reads (or accepts). Writing to a
 *      socket that is in use borrows it: in a chat, whoever sends to me does not take my connection along.
 *   4. When its task settles it is closed, aborted or not, unless the task returned it, or another task is
 *      waiting to read from it, which inherits it.
 *
 * What a task returned and nobody used yet does not keep the process alive. What belongs to nobody is closed
 * by hand.
 *
 * Rejected: by last use of any kind (one message to a neighbour and his connection ends with my task), by
 * accept alone (a handler's end would not close what it was handed in a closure), by reference count or
 * finalizer (when a connection closes must not depend on the garbage collector), and asking for `close()`
 * everywhere (an abort that leaks a connection is no abort).
 */
export class Lease {
  readonly #leased: Leased;
  #task: Task<unknown> | null = null;
  #used = false;
  #adrift = false;
  #endedBecause: string | undefined;

  /** Gives a new socket to the task whose operation is being polled. */
  constructor(leased: Leased, task: Task<unknown> | null = current.task) {
    this.#leased = leased;
    this.#moveTo(task);
    markOwned(leased.inHand, (to) => {
      this.#used = true;
      this.#moveTo(to);
    });
  }

  get isEnded(): boolean {
    return this.#endedBecause !== undefined;
  }

  /** Says that `task` uses it: to read or accept, or else. Throws a `SocketClosed` when it is closed. */
  use(caller: string, reads: boolean, task: Task<unknown> | null = current.task): void {
    if (this.#endedBecause !== undefined) throw new SocketClosed(caller, this.#endedBecause);
    if ((reads || !this.#used) && (task !== this.#task || this.#adrift)) this.#moveTo(task);
    this.#used = true;
  }

  /** Closes for good; operations say `because` from now on. Answers `false` when it had ended. */
  end(because: string): boolean {
    if (this.#endedBecause !== undefined) return false;
    this.#endedBecause = because;
    if (this.#task !== null) belongingsOf(this.#task).delete(this);
    this.#task = null;
    return true;
  }

  /** `task`, which owned it, has settled. */
  ownerSettled(task: Task<unknown>): void {
    const { heirs, inHand } = this.#leased;
    this.#task = null;
    const heir = heirs?.otherThan(task);
    if (heir !== undefined) {
      this.#moveTo(heir.task);
      return;
    }
    if (task.outcome?.ok === true && task.outcome.value === inHand) {
      this.#adrift = true;
      this.#used = false;
      this.#leased.keepAlive(false);
      return;
    }
    if (this.end(endedWith(task))) this.#leased.close();
  }

  #moveTo(task: Task<unknown> | null): void {
    if (this.#endedBecause !== undefined) return;
    if (this.#task !== null) belongingsOf(this.#task).delete(this);
    this.#task = task;
    if (this.#adrift) {
      this.#adrift = false;
      this.#leased.keepAlive(true);
    }
    if (task === null) return;
    if (isSettled(task)) this.ownerSettled(task);
    else belongingsOf(task).add(this);
  }
}

const belongings = new WeakMap<Task<unknown>, Set<Lease>>();

/** All that belongs to one task. One hook on the task, however many sockets it has. */
function belongingsOf(task: Task<unknown>): Set<Lease> {
  const known = belongings.get(task);
  if (known !== undefined) return known;
  const leases = new Set<Lease>();
  belongings.set(task, leases);
  task.afterwards(() => {
    const left = [...leases];
    leases.clear();
    for (const lease of left) lease.ownerSettled(task);
  });
  return leases;
}

function endedWith(task: Task<unknown>): string {
  const name = task.name === undefined ? '' : ` "${printable(task.name)}"`;
  return `it was closed at the end of task ${task.id}${name}: a socket belongs to the task that was passed it, or else was the last to read from it.`;
}
