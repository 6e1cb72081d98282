import type { AnyClass } from './register-class.js';

/**
 * The registered classes that hold something somebody threw, which may be anything at all.
 *
 * An argument that cannot cross is refused, since the program can send another one. A panic cannot be sent
 * another way: in such a field it crosses as panics do, by the error codec, which takes everything.
 */
export function crossesAsThrown(Class: AnyClass): void {
  holders.add(Class.prototype as object);
}

/** Whether the objects with this prototype hold something thrown. */
export function holdsThrown(prototype: object): boolean {
  return holders.has(prototype);
}

const holders = new WeakSet<object>();
