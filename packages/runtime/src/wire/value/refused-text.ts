import { types } from 'node:util';
import { isTaskRef } from '../task-ref.js';

/** Says what something is that cannot cross to another thread, and what to do instead. */
export function refusedText(value: object | symbol, why?: string): string {
  if (why !== undefined) return `${nameOf(value)} cannot cross to another thread: ${why}`;
  return `${nameOf(value)} cannot cross to another thread${advice(value)}`;
}

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
  if (isTransferOnly(value)) return ' unless it is moved: move(value)';
  return className(value) === undefined
    ? ''
    : '. Send plain data, or register the class on both sides with registerClass()';
}

function isTransferOnly(value: object): boolean {
  try {
    structuredClone(value);
    return false;
  } catch (error) {
    return /needs transfer/.test(String(error));
  }
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
