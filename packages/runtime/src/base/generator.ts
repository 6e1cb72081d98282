import { types } from 'node:util';

const GeneratorFunctionPrototype = Object.getPrototypeOf(function* () {}) as object;
const GeneratorPrototype = Reflect.get(GeneratorFunctionPrototype, 'prototype') as object;
const AsyncGeneratorFunctionPrototype = Object.getPrototypeOf(async function* () {}) as object;
const { getPrototypeOf } = Object;

/** Whether `fn` is a generator function of this realm, not an async one. */
export function isGeneratorFunction(fn: unknown): boolean {
  return getPrototypeOf(fn) === GeneratorFunctionPrototype;
}

/** Whether `fn` is an async generator function of this realm. */
export function isAsyncGeneratorFunction(fn: unknown): boolean {
  return getPrototypeOf(fn) === AsyncGeneratorFunctionPrototype;
}

/** Whether `value` is a native generator object. Generators of another realm (`node:vm`) count too. */
export function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const made = getPrototypeOf(value);
  if (made !== null && getPrototypeOf(made) === GeneratorPrototype) return true;
  return types.isGeneratorObject(value);
}
