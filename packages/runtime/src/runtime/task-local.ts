import { checkOptionKeys } from '../base/check-option-keys.js';
import { isGenerator } from '../base/generator.js';
import { debugQuote } from '../base/printable.js';
import { safeInspect } from '../base/safe-inspect.js';
import { currentLocals, PolledWithLocal, runWithLocals } from '../executor/with-locals.js';
import { type Branch, type BranchValue, pollableOf } from '../task/branch.js';
import { findLocal, type Locals } from '../task/locals.js';
import type { Op } from '../task/op.js';
import { Operation } from '../task/operation.js';
import type { Pollable } from '../task/pollable.js';
import './in-job-context.js';

/** What a task-local may be given besides its name. */
export interface TaskLocalOptions {
  /** Whether its value goes with every spawn from where it is set: to this thread's tasks and to other threads. */
  readonly travels?: boolean;
}

/**
 * A value of the current task, or of a part of it: set for as long as something runs, seen by what runs in it.
 *
 * Source: `tokio::task::LocalKey`.
 */
export interface TaskLocal<T> {
  /** By which it is known, on every thread. */
  readonly name: string;
  /**
   * Runs `body`, a branch as `join` takes it, with the value set. Gives what the branch gives.
   *
   * The value is there in every poll of the body, behind its awaits and in its cleanup, and nowhere else: two
   * branches of one task may have two values. An inner scope hides the value of an outer one. Leaving the operation
   * leaves the body. Source: `LocalKey::scope`.
   */
  scope<B extends Branch<unknown>>(value: T, body: B): Op<BranchValue<B>>;
  /**
   * Calls `fn` with the value set, and gives what it returns: for a spawn that the value is to travel with.
   *
   * Throws a `TypeError` when that is a generator or an operation, which would run without it. Source:
   * `LocalKey::sync_scope`.
   */
  syncScope<R>(value: T, fn: () => R): R;
  /** The value. Throws an `Error` where none is set. Source: `LocalKey::get`. */
  get(): T;
  /** The value, or undefined where none is set. Source: `LocalKey::try_get`. */
  tryGet(): T | undefined;
}

/**
 * Makes a task-local, known by `name` in the whole program.
 *
 * Spawned tasks do not inherit its values, unless it `travels`: then each spawn, on this thread or to another one,
 * takes along the value that is set where it is called, and the new task has it from its first line to its last. To
 * a thread it crosses as an argument does; what cannot is refused at the spawn, by the name of the local. The thread
 * finds the local by its name: a module that both sides load makes it.
 *
 * Nothing is paid before the first value is set. From then on a poll inside a scope costs 15 ns more (200 on Node 24),
 * and on Node 20 an `await` in this thread costs what it costs beside any `AsyncLocalStorage`.
 *
 * Throws a `TypeError` for a name that is none or is taken, and for options that are none. Source:
 * `tokio::task_local!`; `travels` is ours.
 *
 * @example
 * const REQUEST = taskLocal('REQUEST', { travels: true });
 * const handle = REQUEST.syncScope('r-1', () => spawn(() => `in ${REQUEST.get()}`));
 * console.log((await handle).unwrap()); // in r-1
 */
export function taskLocal<T>(name: string, options: TaskLocalOptions = {}): TaskLocal<T> {
  checkOptionKeys('taskLocal', options, KNOWN);
  const { travels = false } = options;
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`taskLocal: a task-local needs a name to be known by, got ${safeInspect(name, 100)}`);
  }
  if (typeof travels !== 'boolean') {
    throw new TypeError(`taskLocal: travels must be true or false, got ${safeInspect(travels, 100)}`);
  }
  if (names.has(name)) throw new TypeError(`taskLocal: there is a task-local ${debugQuote(name)} already`);
  names.add(name);
  return new NamedLocal(name, travels);
}

const KNOWN: ReadonlySet<string> = new Set<keyof TaskLocalOptions>(['travels']);
const names = new Set<string>();

class NamedLocal<T> implements TaskLocal<T> {
  readonly name: string;
  readonly #travels: boolean;

  constructor(name: string, travels: boolean) {
    this.name = name;
    this.#travels = travels;
  }

  scope<B extends Branch<unknown>>(value: T, body: B): Op<BranchValue<B>> {
    const inner = pollableOf(`${this.#called}.scope`, body);
    return new Operation(new PolledWithLocal(inner, this.#set(value)) as Pollable<never>);
  }

  syncScope<R>(value: T, fn: () => R): R {
    if (typeof fn !== 'function') {
      throw new TypeError(`${this.#called}.syncScope: expected a function, got ${safeInspect(fn, 100)}`);
    }
    const returned = runWithLocals({ ...this.#set(value), outer: currentLocals() }, fn);
    if (isGenerator(returned) || returned instanceof Operation) {
      const got = returned instanceof Operation ? 'an operation' : 'a generator';
      throw new TypeError(
        `${this.#called}.syncScope: the function returned ${got}, which has not run yet and would run without the value. Use scope().`,
      );
    }
    return returned;
  }

  get(): T {
    const found = findLocal(currentLocals(), this.name);
    if (found === undefined) {
      throw new Error(
        `${this.#called} has no value here: call this inside its scope(), or use tryGet(). A task that was spawned there has it when the local travels.`,
      );
    }
    return found.value as T;
  }

  tryGet(): T | undefined {
    return findLocal(currentLocals(), this.name)?.value as T | undefined;
  }

  get #called(): string {
    return `taskLocal(${debugQuote(this.name)})`;
  }

  #set(value: T): Omit<Locals, 'outer'> {
    return { name: this.name, value, travels: this.#travels };
  }
}
