import { inspect } from 'node:util';

/** Everything that an error says to a reader or to a program: names, codes and messages, those of its causes too. */
export function wordsOf(error: unknown): string {
  const words: string[] = [];
  let next = error;
  for (let depth = 0; depth < 8 && typeof next === 'object' && next !== null; depth += 1) {
    const { name, code, message, cause } = next as Record<string, unknown>;
    for (const word of [name, code, message]) if (isWord(word)) words.push(String(word));
    next = cause;
  }
  if (typeof next !== 'object' && next !== undefined) words.push(String(next));
  return words.join(' ');
}

/** An error in a few words, for a note. */
export function briefly(error: unknown): string {
  if (error instanceof Error && error.message !== '') return cut(`${error.name}: ${error.message}`);
  return cut(inspect(error, { depth: 1, breakLength: Number.POSITIVE_INFINITY, compact: true }));
}

function isWord(word: unknown): word is string | number {
  return typeof word === 'string' || typeof word === 'number';
}

/** Where this repository is, is nobody's business. */
const PATH = /(?:file:\/\/)?(?:\/[\w.@+-]+)+\/([\w.@+-]+)/g;

function cut(text: string): string {
  const line = text.split('\n', 1)[0]!.trim().replace(PATH, '…/$1');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
