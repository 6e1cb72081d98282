import { types } from 'node:util';

// `instanceof` against a constant compiles to a walk of the prototype chain; `Object.getPrototypeOf` to a call.
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as GeneratorFunctionConstructor;
const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {})
  .constructor as GeneratorFunctionConstructor;

const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor as FunctionConstructor;

function NativeGenerator(): void {}
NativeGenerator.prototype = GeneratorFunction.prototype.prototype;

/** What native generators of this realm have for `next`. */
export const NATIVE_NEXT: (this: unknown, sent: unknown) => IteratorResult<unknown, unknown> =
  GeneratorFunction.prototype.prototype.next;

/** Whether `NATIVE_NEXT` can be called on `value`. */
export function isNativeGenerator(value: unknown): boolean {
  return types.isGeneratorObject(value);
}

/** Whether `fn` is a generator function of this realm, not an async one. */
export function isGeneratorFunction(fn: unknown): boolean {
  return fn instanceof GeneratorFunction;
}

/** Whether `fn` is an async generator function of this realm. */
export function isAsyncGeneratorFunction(fn: unknown): boolean {
  return fn instanceof AsyncGeneratorFunction;
}

/** Whether `fn` is an async function of this realm. */
export function isAsyncFunction(fn: unknown): boolean {
  return fn instanceof AsyncFunction;
}

/** Whether `value` is a native generator object. Generators of another realm (`node:vm`) count too. */
export function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof NativeGenerator) return true;
  // Node counts async generators too.
  return (
    types.isGeneratorObject(value) && Object.prototype.toString.call(value) !== '[object AsyncGenerator]'
  );
}
