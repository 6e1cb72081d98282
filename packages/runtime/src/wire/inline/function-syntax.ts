import { createRequire } from 'node:module';
import type { AnyNode, Node } from 'acorn';

/**
 * The syntax tree of a function's own source text, by acorn.
 *
 * `Function.prototype.toString` gives an expression for most functions and a fragment of an object literal
 * for methods and accessors, so the text is tried as both; and as module code first, which is strict, since
 * nearly all code is. acorn is loaded at the first inline function: a program that spawns references never
 * pays for it.
 */
export interface FunctionSyntax {
  /** What was parsed: the function's text inside a function, so that its surroundings have a scope. */
  readonly text: string;
  readonly program: AnyNode;
  /** The function that stands for the surroundings. */
  readonly around: AnyNode;
  /** The function, class or object property whose text it was. */
  readonly root: AnyNode;
  readonly strict: boolean;
}

/** The syntax of `source`, or the parser's complaint. */
export function parseFunction(source: string): FunctionSyntax | SyntaxError {
  const { parse } = createRequire(import.meta.url)('acorn') as typeof import('acorn');
  let complaint: SyntaxError | undefined;
  for (const sourceType of ['module', 'script'] as const) {
    for (const [open, close] of [
      ['(function(){return (', '\n)})'],
      ['(function(){return ({', '\n})})'],
    ] as const) {
      const text = open + source + close;
      try {
        const program = parse(text, {
          ecmaVersion: 'latest',
          sourceType,
          ranges: true,
          allowSuperOutsideMethod: true,
        }) as AnyNode;
        const found = within(program);
        if (found !== undefined) return { text, program, ...found, strict: sourceType === 'module' };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        // A method with a private name is no expression either, which is the lesser of the two complaints.
        if (complaint === undefined || error.message.startsWith('Private field')) complaint = error;
      }
    }
  }
  return complaint ?? new SyntaxError('it is not a function');
}

/** The children of a node, whatever its type, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
}

function within(program: AnyNode): Pick<FunctionSyntax, 'around' | 'root'> | undefined {
  if (program.type !== 'Program') return undefined;
  const statement = program.body[0];
  const around = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  if (around?.type !== 'FunctionExpression') return undefined;
  const returned = around.body.body[0];
  const value = returned?.type === 'ReturnStatement' ? returned.argument : undefined;
  const root = value?.type === 'ObjectExpression' ? onlyFunction(value.properties) : value;
  return root !== undefined && root !== null && ROOTS.has(root.type) ? { around, root } : undefined;
}

function onlyFunction(properties: readonly AnyNode[]): AnyNode | undefined {
  const [property] = properties;
  if (properties.length !== 1 || property?.type !== 'Property') return undefined;
  return property.method || property.kind !== 'init' ? property : undefined;
}

const ROOTS: ReadonlySet<string> = new Set([
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassExpression',
  'Property',
]);
