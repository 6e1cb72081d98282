import { types } from 'node:util';
import type { Payload, Restoration } from '../payload.js';
import type { Survey } from './survey-value.js';

/**
 * Copies a surveyed value, with what cannot be sent as it is replaced by what can.
 *
 * Only for values that hold such a part (a `Buffer`, a `JoinError`): the sender's objects are never changed.
 * The survey has listed every object that holds others, so all copies are made first and filled afterwards,
 * and cycles need no care. Their properties were looked at: none of them is an accessor.
 */
export function copySurvey(value: unknown, survey: Survey): Payload {
  const copies = new Map<unknown, object>(survey.replace);
  for (const { value: original } of survey.found) copies.set(original, emptyCopy(original));
  const sent: Sent = (part) => copies.get(part) ?? part;
  for (const { value: original } of survey.found) fill(copies.get(original)!, original, sent);
  return { value: sent(value), restore: survey.restore.map((part) => copyRestoration(part, sent)) };
}

/** What is sent for a part of the original. */
type Sent = (part: unknown) => unknown;

function emptyCopy(original: object): object {
  if (Array.isArray(original)) return new Array(original.length);
  if (types.isMap(original)) return new Map();
  if (types.isSet(original)) return new Set();
  if (!types.isNativeError(original)) return {};
  // The built-in class of an error survives by its name, which it inherits.
  return Object.setPrototypeOf(new Error(), Object.getPrototypeOf(original) as object) as object;
}

function fill(copy: object, original: object, sent: Sent): void {
  if (types.isMap(original)) {
    for (const [key, value] of original) (copy as Map<unknown, unknown>).set(sent(key), sent(value));
  } else if (types.isSet(original)) {
    for (const member of original) (copy as Set<unknown>).add(sent(member));
  } else {
    const keys = types.isNativeError(original) ? ['message', 'stack', 'cause'] : Object.keys(original);
    for (const key of keys) copyProperty(copy, original, key, sent);
  }
}

function copyProperty(copy: object, original: object, key: string, sent: Sent): void {
  if (!Object.hasOwn(original, key)) return;
  const value = sent(Reflect.get(original, key));
  Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
}

function copyRestoration(part: Restoration, sent: Sent): Restoration {
  const target = sent(part.target) as object;
  if (part.fields === undefined) return { ...part, target };
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(part.fields)) copyProperty(fields, part.fields, key, sent);
  return { ...part, target, fields };
}
