import { types } from 'node:util';
import { isTaskRef } from '../task-ref.js';

/**
 * Says what something is that cannot cross to another thread, and what to do instead.
 *
 * `because` says why, where it is not for what it is.
 */
export function refusedText(value: object | symbol, because?: string): string {
  return `${nameOf(value)} cannot cross to another thread${because ?? advice(value)}`;
}

/** For what can be transferred and was not moved. */
export const UNLESS_MOVED: string = ' unless it is moved: move(value)';
/** For what was transferred before. */
export const MOVED_BEFORE: string = ': its memory was moved away before';

function nameOf(value: object | symbol): string {
  if (typeof value === 'symbol') return 'symbol';
  if (typeof value === 'function') return 'function';
  if (types.isProxy(value)) return 'a Proxy';
  if (types.isArgumentsObject(value)) return 'an arguments object';
  if (types.isModuleNamespaceObject(value)) return 'a module';
  if (types.isPromise(value)) return 'a Promise';
  if (types.isGeneratorObject(value)) return 'a generator';
  if (isTaskRef(value)) return 'a reference from tasksFrom()';
  const name = className(value);
  return name === undefined ? 'an object without a class of its own' : `an instance of ${name}`;
}

function advice(value: object | symbol): string {
  if (typeof value === 'symbol' || typeof value === 'function' || types.isProxy(value)) return '';
  if (types.isPromise(value)) return '. Await it first';
  if (isTaskRef(value) || className(value) === undefined) return '';
  return '. Send plain data, or register the class on both sides with registerClass()';
}

/** By the prototype, since an object's own `constructor` may be anything. */
function className(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || types.isProxy(prototype)) return undefined;
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof maker !== 'function' || types.isProxy(maker)) return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(maker, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
