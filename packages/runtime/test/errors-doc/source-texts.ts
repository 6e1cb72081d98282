import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A message that stands in the source as it is, or with parts put in. */
export interface SourceText {
  /** The file, the line and the text, for whoever has to write a row. */
  readonly at: string;
  /** The text, with `‹…›` for what is put in: the notation of docs/errors.md. */
  readonly text: string;
}

/** Which argument of a call is the text that a person reads. Classes of our own put theirs together in `super(…)`. */
const SAYS: Readonly<Record<string, number>> = {
  Error: 0,
  RangeError: 0,
  SocketClosed: 1,
  TypeError: 0,
  refusal: 1,
  super: 0,
  writeStderr: 0,
};

/**
 * The texts in `src` that are given to an error where it is made, or written to stderr.
 *
 * A text that is made by a function of its own (why a function cannot cross, how a thread crashed) is not seen here.
 */
export function sourceTexts(): SourceText[] {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((file) => textsIn(join(src, file), relative(src, join(src, file))));
}

function textsIn(path: string, name: string): SourceText[] {
  const file = ts.createSourceFile(name, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    const text = saidBy(node);
    if (text !== undefined) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ at: `${name}:${line} ${text}`, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The text that a node gives to an error that it makes, or writes to stderr. */
function saidBy(node: ts.Node): string | undefined {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
  const callee = node.expression.getText();
  const literal = node.arguments?.[SAYS[callee] ?? Number.NaN];
  const text = literal === undefined ? undefined : withGaps(literal);
  return callee === 'SocketClosed' && text !== undefined ? `${GAP}: ${text}` : text;
}

const GAP = '‹…›';

/** The first line of a text; undefined for what is no text, or nothing but what is put in. */
function withGaps(literal: ts.Expression): string | undefined {
  let text: string | undefined;
  if (ts.isStringLiteralLike(literal)) text = literal.text;
  if (ts.isTemplateExpression(literal)) {
    text = literal.head.text + literal.templateSpans.map((span) => GAP + span.literal.text).join('');
  }
  const [line] = (text ?? '').split('\n');
  return line?.replaceAll(GAP, '').trim() ? line : undefined;
}
