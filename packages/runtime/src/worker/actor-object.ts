import { basename } from 'node:path';
import { types } from 'node:util';
import { currentExecutor } from '../executor/current-executor.js';
import { shielded } from '../executor/shielded.js';
import { inJobContext } from '../runtime/in-job-context.js';
import { spawnOn } from '../runtime/spawn-on.js';
import type { JoinHandle } from '../task/join-handle.js';
import type { CarriedValue } from '../wire/job-context.js';
import type { LoadedTask } from '../wire/load-task.js';
import { refusal } from '../wire/refusal.js';
import type { TaskTarget } from '../wire/task-ref.js';
import { methodOf, refuseGenerator } from './actor-method.js';

/**
 * The object of an actor, and the calls of it that are running.
 *
 * Each call is a task of its own on the thread's executor, in the order in which calls arrive: so a method has a
 * `task.signal`, and an abort of the actor reaches it. A method that waits lets others begin, as it would on one
 * thread.
 */
export class ActorObject {
  readonly #Class: LoadedTask;
  readonly #className: string;
  readonly #running = new Set<JoinHandle<unknown>>();
  #object: object | undefined;
  #failed = false;
  #aborted = false;

  /** Throws a `TypeError` when it is no class. */
  constructor(Class: LoadedTask, { name, url }: TaskTarget) {
    if (!isConstructor(Class)) {
      throw refusal(
        'ERR_TASK_MODULE',
        `thread.actor: "${name}" of ${basename(new URL(url).pathname)} is a function and no class. Use thread.spawn.`,
      );
    }
    this.#Class = Class;
    this.#className = name;
  }

  nameOf(method: string): string {
    return `${this.#className}.${method}`;
  }

  construct(args: readonly unknown[]): void {
    try {
      this.#object = Reflect.construct(this.#Class, [...args]) as object;
    } catch (thrown) {
      this.#failed = true;
      throw thrown;
    }
  }

  /** Runs a method. It has no end when its thread is about to have one: who called is told of that. */
  async call(
    method: string,
    args: readonly unknown[],
    context: readonly CarriedValue[] | undefined,
  ): Promise<unknown> {
    const object = this.#object;
    if (object === undefined || this.#aborted) return NEVER;
    const run = methodOf(object, method, this.#className);
    const spawn = spawnOn('thread.actor', currentExecutor, () => ({
      name: this.nameOf(method),
      abandonAfterMs: false,
      unreported: true,
    }));
    const begin = () => spawn(() => refuseGenerator(run.apply(object, [...args]), this.nameOf(method)));
    const handle: JoinHandle<unknown> = inJobContext(context, begin);
    this.#running.add(handle);
    const result = await handle;
    this.#running.delete(handle);
    if (result.ok) return result.value;
    if (this.#aborted) return NEVER;
    throw result.error.isPanic() ? result.error.cause : result.error;
  }

  /** Waits for the calls that are running, which `signal` has aborted if it has fired, and disposes of the object. */
  async end(signal: AbortSignal): Promise<void> {
    if (this.#failed) return;
    const abort = (): void => {
      this.#aborted = true;
      for (const handle of this.#running) handle.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    // Its own task may have been aborted, and may not wait otherwise.
    await shielded(async () => {
      while (this.#running.size > 0) await Promise.all(this.#running);
      await dispose(this.#object);
    });
    // What was answered last is posted from promises, and the thread exits when this has returned.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function dispose(object: object | undefined): Promise<void> {
  const disposable = object as Partial<AsyncDisposable & Disposable> | undefined;
  if (typeof disposable?.[Symbol.asyncDispose] === 'function') await disposable[Symbol.asyncDispose]!();
  else if (typeof disposable?.[Symbol.dispose] === 'function') disposable[Symbol.dispose]!();
}

const NEVER = new Promise<never>(() => undefined);

/** Whether `new` takes it: asked without running it. */
function isConstructor(Class: LoadedTask): boolean {
  if (types.isProxy(Class)) return false;
  try {
    Reflect.construct(Object, [], Class);
    return true;
  } catch {
    return false;
  }
}
