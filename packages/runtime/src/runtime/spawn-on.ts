import { types } from 'node:util';
import { claimGenerator } from '../base/claim-generator.js';
import { isAsyncGeneratorFunction, isGenerator, isGeneratorFunction } from '../base/generator.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import type { Executor } from '../executor/executor.js';
import { inputOf } from '../executor/input.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import { anyOwned, moveOwned } from '../task/owned.js';
import { isSettled } from '../task/state.js';
import type { Task } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { anyMarked, unmove } from '../wire/move.js';
import { spawnSite } from '../wire/spawn-site.js';
import type { TaskFn } from '../wire/task-fn.js';
import { isTaskRef } from '../wire/task-ref.js';
import { callReference } from './call-reference.js';
import type { Spawn } from './spawner.js';

/** A `Spawn` on this thread, which takes a generator object too: lazy like a Rust future, it begins at its first poll. */
export interface LocalSpawn extends Spawn {
  <A extends unknown[], T>(fn: TaskFn<A, T>, ...args: A): JoinHandle<T>;
  <T>(body: Generator<Suspension, T | PromiseLike<T>, unknown>): JoinHandle<T>;
}

/** Makes a spawner for the executor that `find` names at each call. */
export function spawnOn(
  caller: string,
  find: () => Executor,
  attributes?: () => TaskAttributes | undefined,
  spawned?: (task: Task<unknown>) => void,
): LocalSpawn {
  return function spawn(body: unknown): JoinHandle<never> {
    // Most spawns have one argument or none, for which no array is made. Read one by one, they are no object either.
    /* biome-ignore-start lint/complexity/noArguments: see above */
    const count = arguments.length - 1;
    const first: unknown = count > 0 ? arguments[1] : undefined;
    let args: unknown[] | undefined;
    if (count > 1) {
      args = new Array(count);
      for (let at = 0; at < count; at += 1) args[at] = arguments[at + 1];
    }
    /* biome-ignore-end lint/complexity/noArguments: see above */
    if (typeof body !== 'function') return spawnOther(body, args ?? (count > 0 ? [first] : NO_ARGS));
    // A generator function is told by one look, and that a function is not an async one only by many.
    if (!isGeneratorFunction(body) && isAsyncGeneratorFunction(body)) {
      throw new TypeError(asyncGenerator(caller));
    }
    if (args === undefined && count > 0 && (first === undefined || needsCare(first))) args = [first];
    if (args !== undefined) unmove(args);
    const executor = find();
    const input = args === undefined ? first : inputOf(args);
    const task = executor.spawn<never>(body, input, attributes === undefined ? undefined : attributes());
    if (args !== undefined) moveOwned(args, task as Task<unknown>);
    if (executor.notesSpawns) noteSpawn(executor, task as Task<unknown>);
    if (spawned !== undefined) spawned(task as Task<unknown>);
    return new TaskHandle(task);
  };

  function spawnOther(body: unknown, args: readonly unknown[]): JoinHandle<never> {
    if (isGenerator(body)) claimGenerator(caller, body);
    else if (!isTaskRef(body)) throw new TypeError(notATask(caller, body));
    unmove(args);
    const executor = find();
    const task = isTaskRef(body)
      ? executor.spawn<never>(callReference, inputOf([body, args]), attributes?.())
      : executor.spawn<never>(body, undefined, attributes?.());
    moveOwned(args, task as Task<unknown>);
    if (executor.notesSpawns) noteSpawn(executor, task as Task<unknown>);
    spawned?.(task as Task<unknown>);
    return new TaskHandle(task);
  }
}

/** Whether an argument may be marked, or belong to a task. */
function needsCare(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && (anyMarked() || anyOwned());
}

function noteSpawn(executor: Executor, task: Task<unknown>): void {
  if (executor.debug) task.withAttributes().spawnedAt = spawnSite();
  if (executor.watch !== undefined && !isSettled(task)) executor.watch.spawned(task);
}

const NO_ARGS: never[] = [];

function asyncGenerator(caller: string): string {
  return `${caller}: got an async generator, which gives many values where a task gives one: return a channel instead.`;
}

function notATask(caller: string, body: unknown): string {
  if (types.isPromise(body)) {
    return `${caller}: got a Promise, whose work has already begun. Pass the function: ${caller}(emitTelemetry).`;
  }
  if (Object.prototype.toString.call(body) === '[object AsyncGenerator]') return asyncGenerator(caller);
  return `${caller}: expected a function, a generator or a reference from tasksFrom(), got ${safeInspect(body, 100)}`;
}
