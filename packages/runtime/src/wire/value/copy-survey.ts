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
  for (const original of survey.objects) if (!copies.has(original)) copies.set(original, emptyCopy(original));
  const sent = (part: unknown): unknown => copies.get(part) ?? part;
  for (const original of survey.objects) fill(copies.get(original)!, original, sent);
  const restore = survey.restore.map((part) => copyRestoration(part, sent));
  return { value: sent(value), restore };
}

function emptyCopy(original: object): object {
  if (Array.isArray(original)) return new Array(original.length);
  if (types.isMap(original)) return new Map();
  if (types.isSet(original)) return new Set();
  if (!types.isNativeError(original)) return {};
  // The built-in class of an error survives by its name, which it inherits.
  return Object.setPrototypeOf(new Error(), Object.getPrototypeOf(original) as object) as object;
}

function fill(copy: object, original: object, sent: (part: unknown) => unknown): void {
  if (types.isMap(original)) {
    for (const [key, value] of original) (copy as Map<unknown, unknown>).set(sent(key), sent(value));
  } else if (types.isSet(original)) {
    for (const member of original) (copy as Set<unknown>).add(sent(member));
  } else if (types.isNativeError(original)) {
    for (const key of ['message', 'stack', 'cause']) copyProperty(copy, original, key, sent);
  } else {
    for (const key of Object.keys(original)) copyProperty(copy, original, key, sent);
  }
}

function copyProperty(copy: object, original: object, key: string, sent: (part: unknown) => unknown): void {
  if (!Object.hasOwn(original, key)) return;
  const value = sent(Reflect.get(original, key));
  Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true });
}

function copyRestoration(part: Restoration, sent: (part: unknown) => unknown): Restoration {
  const target = sent(part.target) as object;
  if (part.fields === undefined) return { ...part, target };
  const fields = Object.fromEntries(Object.entries(part.fields).map(([key, value]) => [key, sent(value)]));
  return { ...part, target, fields };
}
