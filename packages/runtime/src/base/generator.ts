import { types } from 'node:util';

const GeneratorFunctionPrototype = Object.getPrototypeOf(function* () {}) as object;
const GeneratorPrototype = Reflect.get(GeneratorFunctionPrototype, 'prototype') as object;
const AsyncGeneratorFunctionPrototype = Object.getPrototypeOf(async function* () {}) as object;
const isPrototypeOf = Object.prototype.isPrototypeOf;

/** Whether `fn` is a generator function, not an async one. */
export function isGeneratorFunction(fn: unknown): boolean {
  return isPrototypeOf.call(GeneratorFunctionPrototype, fn as object);
}

export function isAsyncGeneratorFunction(fn: unknown): boolean {
  return isPrototypeOf.call(AsyncGeneratorFunctionPrototype, fn as object);
}

/** Whether `value` is a native generator object. Generators of another realm (`node:vm`) count too. */
export function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return isPrototypeOf.call(GeneratorPrototype, value) || types.isGeneratorObject(value);
}
