import { types } from 'node:util';
import { errorStack, prototypesOf } from '../base/error-text.js';
import { builtinBaseOf } from './builtin-errors.js';
import type { WireError } from './error-message.js';
import type { TextBudget } from './text-budget.js';

/**
 * A stack repeats its error's message, which may be the longest text of all: it is sent around the message,
 * so that a message that had to be cut does not push the frames out.
 */

/**
 * The stack of `error` for the wire, with its share of the text. An error that the engine made always has
 * one; `lost` says that its class does not cross.
 */
export function encodeStack(
  error: object,
  name: string,
  message: string,
  lost: boolean,
  text: TextBudget,
): WireError['stack'] {
  const stack = errorStack(error) ?? (types.isNativeError(error) ? header(name, message) : undefined);
  if (stack === undefined) return undefined;
  const shown = lost ? withClassName(stack, error) : stack;
  const at = message === '' ? -1 : shown.indexOf(message);
  // A message that is found far away is not the header's.
  if (at < 0 || at > 256) return text.cut(shown);
  return [text.cut(shown.slice(0, at)), text.cut(shown.slice(at + message.length))];
}

/** The first line of a stack. */
export function header(name: string, message: string): string {
  return message === '' ? name : `${name}: ${message}`;
}

/** The stack as text again, or `undefined` for what is none. */
export function decodeStack(stack: unknown, message: string): string | undefined {
  if (typeof stack === 'string') return stack;
  if (!Array.isArray(stack)) return undefined;
  const [before, after] = stack as unknown[];
  return typeof before === 'string' && typeof after === 'string' ? before + message + after : undefined;
}

/**
 * `class DbError extends Error {}` says `Error: …` in its stack, and a console shows `DbError: …` all the
 * same by looking at the class. On the other side the class is gone, so the stack says it.
 */
function withClassName(stack: string, error: object): string {
  const base = builtinBaseOf(error);
  const [prototype] = prototypesOf(error);
  const Class = ownData(prototype, 'constructor');
  const name = typeof Class === 'function' ? ownData(Class, 'name') : undefined;
  if (typeof name !== 'string' || name === '' || !stack.startsWith(base)) return stack;
  const after = stack.slice(base.length);
  // Node's own errors say `TypeError [ERR_…]: …`, and their class has no name of interest.
  return after === '' || after.startsWith(':') || after.startsWith('\n') ? name + after : stack;
}

function ownData(object: object | undefined, key: string): unknown {
  return object === undefined ? undefined : Object.getOwnPropertyDescriptor(object, key)?.value;
}
