/**
 * Makes text that somebody else wrote safe to print: no character of it can move a cursor, change a colour,
 * reverse the reading order or pass for the end of a line.
 *
 * Escapes are Rust's (`\n`, `\u{1b}`), so that a quoted message reads as tokio's does.
 */

/** Quotes `text` as Rust's `{:?}` does: in double quotes, with quotes, backslashes and all but print escaped. */
export function debugQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return `"${text.replace(QUOTED, escapeOf)}"`;
}

/** Escapes what a terminal would act on. Line ends stay where `lines` is true, for stacks and other blocks. */
export function printable(text: string, lines = false): string {
  return text.replace(lines ? UNPRINTABLE_IN_BLOCK : UNPRINTABLE, escapeOf);
}

const PLAIN = /^[ !#-[\]-~]*$/;
// Controls, format characters (bidirectional overrides among them), lone surrogates, private use and
// unassigned code points, and every separator but the space itself: Rust's own list.
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/gu;
const UNPRINTABLE_IN_BLOCK = /(?![ \n])[\p{C}\p{Z}]/gu;
const QUOTED = /(?! )[\p{C}\p{Z}]|["\\]/gu;

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

function escapeOf(char: string): string {
  return SHORT[char] ?? `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
