import { safeInspect } from '../../base/safe-inspect.js';

/** What a line of a file is not. Whoever knows the line's number says it. */
export class Wrong extends Error {}

/** What a field of a line must be, in words and by a test. */
export interface Field<T> {
  readonly what: string;
  fits(value: unknown): value is T;
}

/** A field that may be missing. */
export interface Optional<T> extends Field<T> {
  readonly optional: true;
}

/** The fields of an object of type `T`, each once: a field that is added to the type is missed here. */
export type Shape<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Optional<Exclude<T[K], undefined>>
    : Field<T[K]>;
};

/** Makes an object of what is in `data`, which must have all of the fields and no others. Throws a `Wrong`. */
export function readShape<T>(shape: Shape<T>, data: Readonly<Record<string, unknown>>): T {
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries<Field<unknown>>(shape)) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined && 'optional' in field) continue;
    if (!field.fits(value)) throw new Wrong(`${name} must be ${field.what}, got ${safeInspect(value, 100)}`);
    read[name] = value;
  }
  for (const name of Object.keys(data)) {
    if (!Object.hasOwn(shape, name)) throw new Wrong(`there is no field ${safeInspect(name, 100)}`);
  }
  return read as T;
}

/** The object that a JSON text says. Throws a `Wrong`. */
export function objectIn(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Wrong(`it is no JSON: ${safeInspect(json, 100)}`);
  }
  if (!isObject(value)) throw new Wrong(`it is no object: ${safeInspect(value, 100)}`);
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Field<string> = { what: 'a text', fits: (value) => typeof value === 'string' };

/** A time: whole nanoseconds, perhaps before the run's zero. */
export const time: Field<number> = {
  what: 'whole nanoseconds',
  fits: (value): value is number => Number.isSafeInteger(value),
};

/** A number of things, or the number of one. */
export const count: Field<number> = {
  what: 'a whole number of at least 0',
  fits: (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0,
};

export const part: Field<number> = {
  what: 'a number from 0 to 1',
  fits: (value): value is number => typeof value === 'number' && value >= 0 && value <= 1,
};

export function oneOf<const T extends string>(...words: readonly T[]): Field<T> {
  return {
    what: words.map((word) => `'${word}'`).join(' or '),
    fits: (value): value is T => words.includes(value as T),
  };
}

export function optional<T>(field: Field<T>): Optional<T> {
  return { what: field.what, fits: field.fits, optional: true };
}
