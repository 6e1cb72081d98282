import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';

/**
 * What a program keeps about whose work it does, in `AsyncLocalStorage` of its own, and how it goes along with a
 * job to another thread.
 *
 * A store cannot be copied by us: its value is anything, an open span say. So the program says what there is of
 * it to send, and what to do with that on the other side, as OpenTelemetry's propagators do between processes.
 *
 * Rejected: taking a storage (`registerContext(storage)`) and cloning its value, which fits a request's id and
 * nothing that has methods; and `diagnostics_channel`'s `bindStore`, which sets a store on publishing and knows
 * of no other side.
 */
export interface CarriedContext<C = unknown> {
  /** By which both sides know it: `my-app.request`. */
  readonly name: string;
  /** Called once for each spawn to a thread, in the context of the spawn. `undefined`: there is nothing to send. */
  capture(): C | undefined;
  /** Called on the thread with what was captured. Calls `fn` once, in the context made of it. */
  run(value: C, fn: () => void): unknown;
}

/**
 * Makes a context of your own go with each job to another thread: a request's id, a trace.
 *
 * Both sides must register it, under the same name; a module that both load does. What `capture` gives must be
 * able to cross, as an argument must. On a thread where nobody has registered the name before its function begins,
 * the function runs without.
 *
 * On the spawners of this thread there is nothing to do: the stores of the spawn are active in the task.
 *
 * A throw in `capture` is thrown by the spawn, and no thread is started; a throw in `run` is the task's panic. Each
 * names the context. Throws a `TypeError` when a function is missing or the name is taken; registering the same two
 * functions again does nothing.
 *
 * Source: OpenTelemetry's `TextMapPropagator`, `inject` and `extract`.
 *
 * @example
 * import { AsyncLocalStorage } from 'node:async_hooks';
 *
 * const request = new AsyncLocalStorage();
 * registerContext({
 *   name: 'example.request',
 *   capture: () => request.getStore(),
 *   run: (id, fn) => request.run(id, fn),
 * });
 */
export function registerContext<C>(context: CarriedContext<C>): void {
  check(context as CarriedContext);
  const { name, capture, run } = context as CarriedContext;
  const taken = contexts.get(name);
  if (taken !== undefined && taken.capture === capture && taken.run === run) return;
  if (taken !== undefined) {
    throw new TypeError(
      `registerContext: the name ${safeInspect(name, 100)} already belongs to another context`,
    );
  }
  contexts.set(name, { name, capture, run });
}

/** All that are registered on this side, in the order in which they were. */
export function registeredContexts(): Iterable<CarriedContext> {
  return contexts.values();
}

/** The context registered under `name` on this side. */
export function contextNamed(name: string): CarriedContext | undefined {
  return contexts.get(name);
}

const contexts = new Map<string, CarriedContext>();
const KNOWN: ReadonlySet<string> = new Set<keyof CarriedContext>(['name', 'capture', 'run']);

function check(context: CarriedContext): void {
  checkOptionKeys('registerContext', context, KNOWN);
  const { name, capture, run } = context;
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `registerContext: a context needs a name to be known by, got ${safeInspect(name, 100)}`,
    );
  }
  for (const [key, fn] of Object.entries({ capture, run })) {
    if (typeof fn !== 'function') {
      throw new TypeError(`registerContext: ${key} must be a function, got ${safeInspect(fn, 100)}`);
    }
  }
}
