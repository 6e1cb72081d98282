import type { Suspension } from '../base/suspension.js';
import type { TaskRef } from './task-ref.js';

/**
 * What every spawner takes: a plain function, an async function or a generator function, or a reference to
 * one that a module exports.
 *
 * `A` are its arguments and `T` what its task gives: a generator is driven, a thenable awaited, and anything
 * else is the value.
 */
export type TaskFn<A extends unknown[], T> = TaskBody<A, T> | TaskRef<TaskBody<A, T>>;

/** A task function itself. */
export type TaskBody<A extends unknown[], T> = (
  ...args: A
) => T | PromiseLike<T> | Generator<Suspension, T | PromiseLike<T>, unknown>;
