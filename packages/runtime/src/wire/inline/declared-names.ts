import jsTokens from 'js-tokens';

/** A name that a file declares for all of its code. */
export interface ModuleName {
  /** Where it is imported from, `undefined` for what the file declares itself. */
  readonly from?: string;
  /** What that module calls it: a name, `default`, or `*` for all of it. */
  readonly imported?: string;
}

/**
 * The names that a source text imports or declares at its top level, JavaScript or TypeScript.
 *
 * The text on disk may be what a tool made the running code from, and not JavaScript at all. So it is split
 * into tokens (js-tokens, which never fails) and not parsed: a top-level declaration begins with one of few
 * words outside all brackets. A name too many makes a refusal where none was needed, and says so by name.
 * Rejected: a parser that knows TypeScript, which is many times the size of this package.
 */
export function declaredNames(text: string): ReadonlyMap<string, ModuleName> {
  const names = new Map<string, ModuleName>();
  const tokens = topLevelTokens(text);
  for (let at = 0; at < tokens.length; at++) {
    const { value, depth } = tokens[at]!;
    if (depth > 0 || tokens[at - 1]?.value === '.') continue;
    if (value === 'import') readImport(tokens, at + 1, names);
    else if (VARIABLE.test(value)) readVariables(tokens, at + 1, names);
    else if (DECLARATION.test(value)) readDeclaration(tokens, at + 1, names);
  }
  return names;
}

type Names = Map<string, ModuleName>;

interface Token {
  readonly type: string;
  readonly value: string;
  /** How many brackets it is in. */
  readonly depth: number;
}

const VARIABLE = /^(?:const|let|var|using)$/;
const DECLARATION = /^(?:function|class|enum|namespace)$/;
const STATEMENT = /^(?:const|let|var|function|class|import|export|async|if|for|while|return|throw|try)$/;

function topLevelTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { type, value } of jsTokens(text)) {
    if (/Comment$|^WhiteSpace$|^LineTerminatorSequence$/.test(type)) continue;
    if (type === 'TemplateTail' || (type === 'Punctuator' && /^[\])}]$/.test(value)))
      depth = Math.max(0, depth - 1);
    tokens.push({ type, value, depth });
    if (type === 'TemplateHead' || (type === 'Punctuator' && /^[[({]$/.test(value))) depth++;
  }
  return tokens;
}

/** From behind `import` to the module's name: `a, { b as c, type D }`, `* as d`, `a = require(…)`. */
function readImport(tokens: readonly Token[], from: number, names: Names): void {
  const end = tokens.findIndex(
    ({ type }, at) => at >= from && type === 'StringLiteral' && /^(?:from|\()$/.test(tokens[at - 1]!.value),
  );
  const clause = tokens.slice(from, end < 0 ? from : end).map(({ value }) => value);
  // `import('…')`, `import.meta` and `import '…'` bring no name, and `import type …` none that runs.
  const [first, second] = clause;
  if (
    first === undefined ||
    /^[(.]$/.test(first) ||
    (first === 'type' && !/^(?:from|,|=)$/.test(second ?? ''))
  )
    return;
  const module = tokens[end]!.value.slice(1, -1);
  const open = clause.indexOf('{');
  const named = open < 0 ? [] : clause.slice(open + 1, clause.lastIndexOf('}'));
  const whole = open < 0 ? clause : clause.slice(0, open);
  const star = whole.indexOf('*');
  if (star >= 0 && whole[star + 2] !== undefined)
    names.set(whole[star + 2]!, { from: module, imported: '*' });
  if (star !== 0 && whole.length > 0) names.set(first, { from: module, imported: 'default' });
  for (const part of named.join(' ').split(',')) {
    const words = part.trim().split(' ');
    const local = words.at(-1) ?? '';
    if (local === '' || (words[0] === 'type' && words.length !== 1 && words[1] !== 'as')) continue;
    names.set(local, { from: module, imported: words[0]! });
  }
}

/** Every name of `const a = 1, { b: [c] } = …`, up to the next statement. */
function readVariables(tokens: readonly Token[], from: number, names: Names): void {
  for (let at = from; at < tokens.length; ) {
    const pattern = at;
    at = readPattern(tokens, at, names);
    const from = requiredFrom(tokens, at);
    if (from !== undefined) noteRequired(tokens.slice(pattern, at), from, names);
    for (; tokens[at] !== undefined && !isAt(tokens[at]!, /^[,;]$/); at = afterTypes(tokens, at)) {
      if (isAt(tokens[at]!, STATEMENT) && tokens[at - 1]?.value !== '.') return;
    }
    if (tokens[at++]?.value !== ',') return;
  }
}

/** The module of `… = require('m')` and no more, which is how CommonJS imports. */
function requiredFrom(tokens: readonly Token[], at: number): string | undefined {
  const [assign, callee, open, module, , next] = tokens.slice(at, at + 6);
  if (assign?.value !== '=' || callee?.value !== 'require' || open?.value !== '(') return undefined;
  if (module?.type !== 'StringLiteral' || /^(?:\.|\?\.|\[|\()$/.test(next?.value ?? '')) return undefined;
  return module.value.slice(1, -1);
}

/** `const { a, b: c } = require('m')` names parts of the module, `const m = require('m')` all of it. */
function noteRequired(pattern: readonly Token[], from: string, names: Names): void {
  for (const [at, { value }] of pattern.entries()) {
    if (names.get(value)?.from !== undefined || !names.has(value)) continue;
    const key = pattern[at - 1]?.value === ':' ? pattern[at - 2]?.value : undefined;
    names.set(value, { from, imported: pattern.length === 1 ? '*' : (key ?? value) });
  }
}

function isAt({ depth, value }: Token, what: RegExp): boolean {
  return depth === 0 && what.test(value);
}

/** The next token, or the one behind a list of types, whose commas are no new variables: `Map<string, Buffer>`. */
function afterTypes(tokens: readonly Token[], at: number): number {
  if (tokens[at]!.value !== '<' || tokens[at - 1]?.type !== 'IdentifierName') return at + 1;
  let open = 0;
  for (let end = at; end < tokens.length; end++) {
    const { value } = tokens[end]!;
    if (/^<+$/.test(value)) open += value.length;
    else if (/^>+$/.test(value)) open -= value.length;
    else if (/^(?:;|&&|\|\||\?\?|[-+*/%=]|===?|!==?)$/.test(value)) break;
    if (open <= 0) return end + 1;
  }
  return at + 1;
}

/** One name, or one destructuring: in it a name counts unless it is a key, as in `{ key: name = default }`. */
function readPattern(tokens: readonly Token[], from: number, names: Names): number {
  const { depth, value } = tokens[from]!;
  if (!/^[[{]$/.test(value)) {
    declare(tokens[from], names);
    return from + 1;
  }
  let at = from + 1;
  for (; at < tokens.length && tokens[at]!.depth > depth; at++) {
    const before = tokens[at - 1]!.value;
    const after = tokens[at + 1]?.value;
    if (after !== ':' && /^(?:[[{,:]|\.\.\.)$/.test(before)) declare(tokens[at], names);
  }
  return at + 1;
}

function readDeclaration(tokens: readonly Token[], from: number, names: Names): void {
  declare(tokens[tokens[from]?.value === '*' ? from + 1 : from], names);
}

function declare(token: Token | undefined, names: Names): void {
  if (token?.type === 'IdentifierName' && !names.has(token.value)) names.set(token.value, {});
}
