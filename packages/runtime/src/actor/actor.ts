import type { Result } from '../base/result.js';
import type { JoinError } from '../task/join-error.js';
import type { JoinHandle } from '../task/join-handle.js';
import type { TaskRef } from '../wire/task-ref.js';
import type { ActorCheck, Remote } from './remote.js';

/** An object that lives on a thread of its own, as it is seen from here. */
export interface Actor<O extends object> extends AsyncDisposable {
  /**
   * The object's methods. A call is sent at once, and calls begin over there in the order made; the promise gives
   * what the method gave, or rejects with what it threw.
   */
  readonly remote: Remote<O>;
  /**
   * The actor's thread, as `thread.spawn` gives it. It settles with no value when the actor was stopped; with a
   * *panic* when the object could not be made or disposed of; *cancelled* after an abort; or with a *crash*.
   */
  readonly handle: JoinHandle<void>;
  /**
   * Ends the actor in good order, and waits until its thread is gone: gives what `handle` gives.
   *
   * What was called before is answered, however long it takes; then the object's `[Symbol.asyncDispose]`, or
   * `[Symbol.dispose]`, runs where it has one. Calls made after it reject with `ActorStopped`. Calling it again
   * only waits. To end it without waiting for calls: `handle.abort()`.
   */
  stop(): Promise<Result<void, JoinError>>;
  /** `stop()`, for `await using`. It does not throw for how the actor ended; a panic or crash is reported as any is. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Puts an object on a thread of its own. The type checker names the first argument that cannot cross. */
export type ActorSpawn = <A extends unknown[], O extends object>(
  Class: TaskRef<new (...args: A) => O> & ActorCheck<A, void>,
  ...args: A
) => Actor<O>;
