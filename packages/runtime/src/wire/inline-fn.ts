import { types } from 'node:util';
import { type CallSite, isSameSite } from './inline/call-site.js';
import { freeGlobals } from './inline/free-globals.js';
import { type FunctionFacts, functionFacts } from './inline/function-facts.js';
import { moduleNames } from './inline/module-names.js';
import * as texts from './inline/not-self-contained.js';
import { sourcePlace } from './inline/source-place.js';
import { isShimmed } from './inline/source-shims.js';
import type { InlineFunction } from './job.js';
import { refusal } from './refusal.js';

/**
 * Takes a self-contained function as source that another thread can compile, or refuses it by name.
 *
 * Source is taken from the function object alone, by `Function.prototype.toString`: never from a string, a
 * message, or a `toString` of the function's own.
 *
 * What is free of meaning there (ECMAScript's globals and Node's) may be used, what means something only here
 * may not. A name under `typeof` counts like any other use: over there it would silently be `undefined`.
 * Rejected: sending the captured values along. They would be copies that look like variables.
 *
 * @param site where the spawner was called, from `callSite()`.
 * @throws {TypeError} `ERR_NOT_SELF_CONTAINED`.
 */
// biome-ignore lint/complexity/noBannedTypes: any function at all may be given.
export function inlineFunction(spawner: string, fn: Function, site: CallSite): InlineFunction {
  const facts = factsOf(fn);
  const why = typeof facts === 'string' ? facts : objection(facts, fn, site, spawner);
  if (why !== undefined) throw refusal('ERR_NOT_SELF_CONTAINED', `${spawner}: ${why}`);
  return prepared(facts as Facts, site);
}

interface Facts extends FunctionFacts {
  /** The text that `source` was made from. */
  readonly text: string;
  /** The free names that a tool put into the source and that get a stand-in. */
  readonly shims: readonly string[];
  /** What was last made of it, and for which call: a loop spawns the same literal from the same place. */
  last?: { readonly site: CallSite; readonly made: InlineFunction };
}

const MAX_SOURCE_BYTES = 65_536;
const CACHE_ENTRIES = 256;
/** The same function is spawned again and again, and so is the same literal, as another function each time. */
const byFunction = new WeakMap<object, Facts | string>();
const bySource = new Map<string, Facts | string>();

/** The facts, or why there are none. */
// biome-ignore lint/complexity/noBannedTypes: any function at all may be given.
function factsOf(fn: Function): Facts | string {
  let facts = byFunction.get(fn);
  if (facts === undefined) {
    facts = types.isProxy(fn) ? texts.proxy : factsOfSource(Function.prototype.toString.call(fn), fn);
    byFunction.set(fn, facts);
  }
  return facts;
}

function factsOfSource(source: string, fn: object): Facts | string {
  if (isNative(source)) return isBound(fn) ? texts.boundFunction : texts.nativeFunction;
  const known = bySource.get(source);
  if (known !== undefined) return known;
  const bytes = Buffer.byteLength(source);
  if (bytes > MAX_SOURCE_BYTES) return texts.tooLong(bytes);
  const facts = judged(source);
  if (bySource.size >= CACHE_ENTRIES) bySource.delete(bySource.keys().next().value as string);
  bySource.set(source, facts);
  return facts;
}

function judged(text: string): Facts | string {
  const found = functionFacts(text);
  if (found instanceof SyntaxError) return texts.unreadable(found);
  if (found.kind !== 'function') return texts.wrongKind(found.kind);
  const free = found.free.filter((use) => !isShimmed(use));
  return { ...found, text, free, shims: found.free.filter(isShimmed).map(({ name }) => name) };
}

function prepared(facts: Facts, site: CallSite): InlineFunction {
  const { last, text, source, strict, importName, shims } = facts;
  if (last !== undefined && isSameSite(last.site, site)) return last.made;
  const place = sourcePlace(text, site);
  const made: InlineFunction = {
    kind: 'inline',
    source,
    strict,
    importName,
    shims,
    file: site.file,
    ...place,
  };
  facts.last = { site, made };
  return made;
}

/** The first thing that is wrong with a function at this place, if any. */
function objection(
  { free, bound, ownMembers }: Facts,
  fn: object,
  { file }: CallSite,
  spawner: string,
): string | undefined {
  const declared = free.length === 0 || file === undefined ? undefined : moduleNames(file);
  // A global is free unless the function's file means something else by the same name.
  const captured = free.filter(({ name }) => !freeGlobals.has(name) || declared?.has(name) === true);
  if (captured.length > 0) return texts.captured(spawner, captured, declared);
  const [word] = bound;
  if (word !== undefined) return texts.boundWord(word);
  const lost = ownMembers.find((name) => Object.hasOwn(fn, name) && !OF_EVERY_FUNCTION.has(name));
  return lost === undefined ? undefined : texts.ownProperty(lost);
}

/** The properties that a function made from source has again. */
const OF_EVERY_FUNCTION: ReadonlySet<string> = new Set(['length', 'name', 'prototype']);

function isNative(source: string): boolean {
  return /\{ \[native code\] \}$/.test(source.slice(-32));
}

function isBound(fn: object): boolean {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name.startsWith('bound ');
}
