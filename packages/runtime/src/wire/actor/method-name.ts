/**
 * Whether a name can be that of an actor's method.
 *
 * Not `then`, or awaiting an actor would call it over there; nor what every object has, which is asked for by
 * printing, comparing and serialising. An object's own methods of these names cannot be called from outside.
 */
export function isMethodName(name: string | symbol): name is string {
  return typeof name === 'string' && !NEVER.has(name);
}

/** The names that are no methods, for the type checker. */
export type NoMethodName = 'then' | 'toJSON' | '__proto__' | keyof typeof Object.prototype;

const NEVER: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  ...Object.getOwnPropertyNames(Object.prototype),
]);
