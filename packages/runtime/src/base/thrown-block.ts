import { printable } from './printable.js';
import { safeInspect } from './safe-inspect.js';

const MOST_CHARS = 16_000;

/** What was thrown, with its stack, as lines of stderr: set in, below the line that says who threw it. */
export function thrownBlock(thrown: unknown): string {
  const text = printable(safeInspect(thrown, MOST_CHARS), true);
  return `${text.replace(/^/gm, '    ')}\n`;
}
