import { types } from 'node:util';
import { type CallSite, callSite } from './inline/call-site.js';
import { freeGlobals } from './inline/free-globals.js';
import { type FreeName, type FunctionFacts, functionFacts } from './inline/function-facts.js';
import { moduleNames } from './inline/module-names.js';
import * as texts from './inline/not-self-contained.js';
import { isShimmed } from './inline/source-shims.js';
import type { InlineFunction } from './job.js';
import { refusal } from './refusal.js';

/**
 * Takes a self-contained function as source that another thread can compile, or refuses it by name.
 *
 * Source is taken from the function object alone, by `Function.prototype.toString`: never from a string, a
 * message, or a `toString` of the function's own.
 *
 * @throws {TypeError} `ERR_NOT_SELF_CONTAINED`.
 */
// biome-ignore lint/complexity/noBannedTypes: any function at all may be given.
export function inlineFunction(spawner: string, fn: Function): InlineFunction {
  const refuse = (why: string): never => {
    throw refusal('ERR_NOT_SELF_CONTAINED', `${spawner}: ${why}`);
  };
  if (types.isProxy(fn)) return refuse(texts.proxy);
  const text = Function.prototype.toString.call(fn);
  if (isNative(text))
    return refuse(fn.name.startsWith('bound ') ? texts.boundFunction : texts.nativeFunction);
  const facts = factsOf(text);
  if (typeof facts === 'string') return refuse(facts);
  const site = callSite();
  const why = objection(facts, site, spawner);
  if (why !== undefined) return refuse(why);
  const shims = facts.free.filter(isShimmed).map(({ name }) => name);
  return {
    kind: 'inline',
    source: facts.source,
    strict: facts.strict,
    importName: facts.importName,
    shims,
    ...site,
  };
}

const MAX_SOURCE_BYTES = 65_536;
const CACHE_ENTRIES = 256;
const cache = new Map<string, FunctionFacts | string>();

/** The facts, or why there are none. */
function factsOf(text: string): FunctionFacts | string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_SOURCE_BYTES) return texts.tooLong(bytes);
  const found = functionFacts(text);
  const facts = found instanceof SyntaxError ? texts.unreadable(found) : found;
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value as string);
  cache.set(text, facts);
  return facts;
}

/** The first thing that is wrong with a function, if any. */
function objection(facts: FunctionFacts, site: CallSite, spawner: string): string | undefined {
  if (facts.kind !== 'function') return texts.wrongKind(facts.kind);
  const declared = site.file === undefined ? undefined : moduleNames(site.file);
  const captured = facts.free.filter((use) => !isShimmed(use) && !isFree(use, declared));
  const text = texts.captured(spawner, captured, declared);
  if (text !== undefined) return text;
  const [word] = facts.bound;
  return word === undefined ? undefined : texts.boundWord(word);
}

/** A global is free unless the function's file means something else by the same name. */
function isFree({ name }: FreeName, declared: ReturnType<typeof moduleNames>): boolean {
  return freeGlobals.has(name) && declared?.has(name) !== true;
}

function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(text);
}
