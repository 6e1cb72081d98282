import type { AnyNode, Identifier } from 'acorn';
import { namesFromAround } from './free-references.js';
import { childrenOf, type FunctionSyntax, parseFunction } from './function-syntax.js';

/**
 * What a function's source says about its surroundings: everything that is known without them.
 *
 * Found once for each source text. It judges nothing: which free names are harmless depends on the file, and
 * how a refusal reads depends on the spawner.
 *
 * Rejected: regular expressions (no answer to shadowing), and running the function where nothing is defined
 * to see what it misses (it runs it).
 */
export interface FunctionFacts {
  /** An expression that makes the function: its own text where that is one. */
  readonly source: string;
  readonly kind: 'function' | 'async generator' | 'class' | 'accessor';
  readonly strict: boolean;
  /** What stands for `import` in `source`, where the function has dynamic imports. */
  readonly importName: string | undefined;
  /** What it uses and does not declare, in the order of first use. */
  readonly free: readonly FreeName[];
  /** `this`, `super`, `new.target`, `arguments` and `import.meta` of its surroundings. */
  readonly bound: readonly string[];
  /** The members that it reads of itself by its own name: `counter.total`. */
  readonly ownMembers: readonly string[];
}

/** A name that a function uses and does not declare. */
export interface FreeName {
  readonly name: string;
  /** The members that are read of it, where it is only used that way: `__vite_ssr_import_0__.readFile`. */
  readonly members: readonly string[] | undefined;
  /** Whether every use of it is a call. */
  readonly called: boolean;
  /** Whether every use of it is a coverage counter's: `cov_1a2b().s[3]++`. */
  readonly counted: boolean;
}

/** The facts of `source`, the text of a function, or the parser's complaint. */
export function functionFacts(source: string): FunctionFacts | SyntaxError {
  try {
    const syntax = parseFunction(source);
    return syntax instanceof SyntaxError ? syntax : factsIn(syntax);
  } catch (error) {
    // The parser and the analyser recurse, and source may be nested deeper than the stack.
    if (error instanceof RangeError) return new SyntaxError('it is nested too deeply');
    throw error;
  }
}

function factsIn(syntax: FunctionSyntax): FunctionFacts {
  const walked = walk(syntax);
  const { names, ofItself, usesArguments } = namesFromAround(syntax);
  const free = [...names].map(([name, uses]) => freeName(name, uses, walked.parents));
  const bound = usesArguments ? [...walked.bound, 'arguments'] : walked.bound;
  const ownMembers = ofItself.flatMap((use) => memberOf(use, walked.parents.get(use)) ?? []);
  const { root, strict } = syntax;
  return { ...textOf(syntax, walked.imports), kind: kindOf(root), strict, free, bound, ownMembers };
}

interface Walked {
  readonly parents: ReadonlyMap<AnyNode, AnyNode>;
  readonly imports: readonly AnyNode[];
  readonly bound: readonly string[];
}

/** Goes through the whole tree with a stack of its own, since source may be nested deeper than ours allows. */
function walk({ root }: FunctionSyntax): Walked {
  const parents = new Map<AnyNode, AnyNode>();
  const imports: AnyNode[] = [];
  const bound = new Set<string>();
  const own = root.type === 'Property' ? root.value : root;
  const left: { node: AnyNode; hasOwnThis: boolean }[] = [{ node: root, hasOwnThis: false }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, hasOwnThis } = next;
    if (node.type === 'ImportExpression') imports.push(node);
    const word = boundWord(node);
    if (word === 'import.meta' || (word !== undefined && !hasOwnThis)) bound.add(word);
    for (const child of childrenOf(node).reverse()) {
      parents.set(child, node);
      left.push({ node: child, hasOwnThis: hasOwnThis || givesThis(node, child, own) });
    }
  }
  return { parents, imports: imports.sort((a, b) => a.start - b.start), bound: [...bound] };
}

function boundWord(node: AnyNode): string | undefined {
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'Super') return 'super';
  if (node.type === 'MetaProperty') return `${node.meta.name}.${node.property.name}`;
  return undefined;
}

/** Whether `this` means another thing in `child` than in `node`. The function itself counts as its surroundings. */
function givesThis(node: AnyNode, child: AnyNode, own: AnyNode): boolean {
  switch (node.type) {
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return node !== own;
    case 'PropertyDefinition':
      return child === node.value;
    case 'StaticBlock':
      return true;
    default:
      return false;
  }
}

function kindOf(root: AnyNode): FunctionFacts['kind'] {
  if (root.type === 'ClassExpression') return 'class';
  if (root.type === 'Property' && root.kind !== 'init') return 'accessor';
  const fn = root.type === 'Property' ? root.value : root;
  return fn.type === 'FunctionExpression' && fn.async && fn.generator ? 'async generator' : 'function';
}

/** The function's text with its imports renamed; a method becomes a function expression. */
function textOf(
  syntax: FunctionSyntax,
  imports: readonly AnyNode[],
): Pick<FunctionFacts, 'source' | 'importName'> {
  const { text, root } = syntax;
  const importName = imports.length > 0 ? unusedName(text) : undefined;
  const method =
    root.type === 'Property' && root.value.type === 'FunctionExpression' ? root.value : undefined;
  let source = '';
  let from = method?.start ?? root.start;
  for (const { start } of imports.filter(({ start }) => start >= from)) {
    source += text.slice(from, start) + importName;
    from = start + 'import'.length;
  }
  source += text.slice(from, root.end);
  const head = method && `${method.async ? 'async ' : ''}function${method.generator ? '*' : ''}`;
  return { source: (head ?? '') + source, importName };
}

/** As long as `import`, so that the columns of a stack trace stay right. */
function unusedName(text: string): string {
  for (let n = 10; ; n++) if (!text.includes(`$imp${n}`)) return `$imp${n}`;
}

function freeName(
  name: string,
  uses: readonly Identifier[],
  parents: ReadonlyMap<AnyNode, AnyNode>,
): FreeName {
  const members = uses.map((use) => memberOf(use, parents.get(use)));
  const plain = members.filter((member) => member !== undefined);
  return {
    name,
    members: plain.length === uses.length ? [...new Set(plain)] : undefined,
    called: uses.every((use) => isCallee(use, parents.get(use))),
    counted: uses.every((use) => isCounter(use, parents)),
  };
}

function memberOf(use: AnyNode, parent: AnyNode | undefined): string | undefined {
  if (parent?.type !== 'MemberExpression' || parent.object !== use) return undefined;
  const { property } = parent;
  if (!parent.computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function isCallee(use: AnyNode, parent: AnyNode | undefined): boolean {
  return parent?.type === 'CallExpression' && parent.callee === use;
}

/** `cov_1a2b().s[3]++`, `cov_1a2b().b[0][1]++`, and the older `cov_1a2b.f[0]++`: nothing else is a counter. */
function isCounter(use: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): boolean {
  const call = parents.get(use);
  const owner = call !== undefined && isCallee(use, call) ? call : use;
  const table = parents.get(owner);
  if (table === undefined || !/^(?:s|f|b|bT)$/.test(memberOf(owner, table) ?? '')) return false;
  let element = parents.get(table);
  for (let inner = table; element?.type === 'MemberExpression' && element.object === inner; ) {
    inner = element;
    element = parents.get(inner);
  }
  return element?.type === 'UpdateExpression' && element.operator === '++' && !element.prefix;
}
