import { printable } from '../../base/printable.js';

/**
 * Text of others, made to fit into so many columns of a terminal: escaped, and cut with `cut` at its end where it is
 * too long. It may come out shorter, never wider.
 *
 * A character is no column wide, one or two. Those whose width depends on what stands before them (a flag's two
 * halves, the tone of a hand, the request for an emoji) are escaped like controls: terminals disagree about them.
 */
export function fitted(text: string, columns: number, cut: string, ascii = false): string {
  const safe = printable(text.normalize('NFC')).replace(ascii ? BEYOND_ASCII : UNSETTLED, escapeOf);
  if (columnsOf(safe) <= columns) return safe;
  let kept = '';
  let width = columnsOf(cut);
  for (const char of safe) {
    width += columnsOf(char);
    if (width > columns) break;
    kept += char;
  }
  return columns < columnsOf(cut) ? '' : kept + cut;
}

/** How many columns of a terminal text takes that went through `fitted`, or is ours. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const char of text) columns += ZERO.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

/** Filled up with spaces to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

const PLAIN = /^[ -~]*$/;
const BEYOND_ASCII = /[^ -~]/gu;
const UNSETTLED = /[\uFE0E\uFE0F\u20E3]|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;
const ZERO = /^[\p{Mn}\p{Me}\u1160-\u11FF\uD7B0-\uD7FF]$/u;
// Unicode's East Asian Width W and F, by the blocks and scripts that have it.
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]$/u;

function escapeOf(char: string): string {
  return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
