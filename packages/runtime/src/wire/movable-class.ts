import type { MessagePort } from 'node:worker_threads';
import type { Transferred } from './payload.js';

/**
 * The classes whose objects cross a thread by leaving it: of each there is one, on one thread at a time.
 *
 * Structured clone knows none of them. What crosses is a plain object, its luggage, which the far side turns into
 * the object; the object that was here says from then on that it has moved. Nothing leaves before everything that
 * goes along was found fit to cross, so a call that is refused has moved nothing.
 *
 * They move without `move()`: a copy of an end of a channel would be good for nothing.
 */
export interface Movable<C extends object> {
  /** Packs: what is sent in place of `object`. Nothing is changed. Answers why not, when it cannot leave now. */
  pack(object: C): Luggage | string;
  /** It has left. */
  leave(object: C): void;
  /** Turns what arrived, which has the prototype already, into the object. */
  arrive(luggage: object): void;
}

/** What is sent in place of an object that moves. */
export interface Luggage {
  readonly content: object;
  /** They go along, and their closing is how the other end hears that it never arrived. */
  readonly ports: readonly MessagePort[];
}

type MovableClass = abstract new (...args: never[]) => object;

/** Makes the objects of `Class` move. Both sides do so, under the same name. */
export function registerMovable<C extends object>(
  Class: MovableClass & { readonly prototype: C },
  name: string,
  movable: Movable<C>,
): void {
  const known: KnownMovable = {
    name,
    prototype: Class.prototype,
    ...(movable as unknown as Movable<object>),
  };
  byPrototype.set(Class.prototype, known);
  byName.set(name, known);
}

export interface KnownMovable extends Movable<object> {
  readonly name: string;
  readonly prototype: object;
}

/** How the objects with this prototype move, if they do. */
export function movableOf(prototype: object): KnownMovable | undefined {
  return byPrototype.get(prototype);
}

/** How the objects move that arrive under this name, if they do. */
export function movableNamed(name: string): KnownMovable | undefined {
  return byName.get(name);
}

/**
 * Tells the other ends that what was packed will never arrive: a job that was ready to be posted, and was not.
 *
 * Who moved it has lost it all the same, as a value that was moved into a closure which never runs.
 */
export function leaveBehind(transfer: readonly Transferred[]): void {
  for (const item of transfer) if (luggagePorts.has(item)) (item as MessagePort).close();
}

/** They have left: what carries them was posted, or will be. */
export function leaveAll(leaving: readonly object[]): void {
  for (const object of leaving) movableOf(Object.getPrototypeOf(object) as object)!.leave(object);
}

/** The ports that were ever packed: those a program moves itself are its own business. */
export const luggagePorts: WeakSet<object> = new WeakSet();

const byPrototype = new WeakMap<object, KnownMovable>();
const byName = new Map<string, KnownMovable>();
