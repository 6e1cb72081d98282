import { createRequire } from 'node:module';
import type { AnyNode, Identifier } from 'acorn';
import type { FunctionSyntax } from './function-syntax.js';

/** What a function uses of its surroundings by name. */
export interface FreeReferences {
  /** Every use of each name, in the order of the text. */
  readonly names: ReadonlyMap<string, readonly Identifier[]>;
  /** Every use of its own name, where it is a function expression that has one. */
  readonly ofItself: readonly Identifier[];
  /** Whether it uses `arguments` and has none of its own, as an arrow function. */
  readonly usesArguments: boolean;
}

/**
 * Resolves every name of a function, by eslint-scope: the analyser under ESLint, which is alive and has met
 * every corner of the language (default parameters, `var` in blocks, names of function expressions, classes).
 *
 * Rejected: `periscopic` (keeps one use of each name, and how a name is used tells a tool's from a program's;
 * takes `arguments` of a function for a global), `scope-analyzer` (comes with polyfills for `Map` and
 * `Symbol`), `@typescript-eslint/scope-manager` (knows types, which a running function no longer has).
 */
export function namesFromAround({ program, around, root, strict }: FunctionSyntax): FreeReferences {
  const { analyze } = createRequire(import.meta.url)('eslint-scope') as typeof import('eslint-scope');
  const scopes = analyze(program as unknown as Program, {
    ecmaVersion: 2025,
    sourceType: strict ? 'module' : 'script',
    ignoreEval: true,
  });
  const surroundings = scopes.acquire(around as unknown as Program);
  const names = new Map<string, Identifier[]>();
  for (const { identifier } of surroundings?.through ?? []) {
    const use = identifier as AnyNode;
    if (use.type !== 'Identifier') continue;
    const uses = names.get(use.name);
    if (uses === undefined) names.set(use.name, [use]);
    else uses.push(use);
  }
  const itself = scopes.scopes.find(
    ({ type, block }) => type === 'function-expression-name' && (block as unknown) === root,
  );
  const ofItself = itself?.variables.flatMap(({ references }) => references) ?? [];
  const usesArguments = surroundings?.set.get('arguments')?.references.length !== 0;
  return { names, ofItself: ofItself.map(({ identifier }) => identifier as Identifier), usesArguments };
}

/** eslint-scope's tree and acorn's are the same one, under two sets of declarations. */
type Program = Parameters<typeof import('eslint-scope').analyze>[0];
