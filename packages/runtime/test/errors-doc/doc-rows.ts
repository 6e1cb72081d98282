import { readFileSync } from 'node:fs';

/** One row of docs/errors.md. */
export interface DocRow {
  readonly area: string;
  /** As it stands there: `‹…›` is what varies. */
  readonly text: string;
  /** The classes that it names, and the `code`; none for text that is no error. */
  readonly classes: readonly string[];
  readonly code: string | undefined;
}

/** The rows of docs/errors.md, in order. */
export function docRows(): DocRow[] {
  const markdown = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  let area = '';
  return markdown.split('\n').flatMap((line): DocRow[] => {
    if (line.startsWith('## ')) area = line.slice(3);
    const [, text, kind] = line.split('|').map((cell) => cell.trim());
    if (!line.startsWith('|') || text === undefined || !text.startsWith('`')) return [];
    const words = [...(kind ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);
    const code = words.find((word) => word.startsWith('ERR_'));
    return [{ area, text: unquoted(text), classes: words.filter((word) => word !== code), code }];
  });
}

/** What a text of that row looks like: all of it, with anything at all where the row says that it varies. */
export function patternOf(text: string): RegExp {
  const parts = text.split(/‹[^›]*›/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's');
}

/** A code span, as CommonMark reads it. */
function unquoted(span: string): string {
  const [, , inside = ''] = /^(`+)(.*)\1$/.exec(span) ?? [];
  return inside.startsWith(' ') && inside.endsWith(' ') ? inside.slice(1, -1) : inside;
}
