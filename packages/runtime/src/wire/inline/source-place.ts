import { type CallSite, writtenAt } from './call-site.js';
import { fileText } from './file-text.js';

/** Where a function's source begins in its file, counted from 1. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where the source of a function begins, so that its stack traces point there.
 *
 * Where the running text is in the file as it stands, that is exact, also for a function that is declared far
 * from the call. Where a tool compiled the file, the place of the call is as near as it can be told, by the
 * source map that Node keeps; the file's name is always right.
 */
export function sourcePlace(source: string, site: CallSite): SourcePlace {
  const { file } = site;
  const text = file === undefined ? undefined : fileText(file);
  const found = text === undefined ? undefined : placeInText(source, text, site.line);
  if (found !== undefined) return found;
  const { line, column } = writtenAt(site);
  return { line, column };
}

/** The occurrence that begins on the line of the call or after it, else the first. */
function placeInText(source: string, text: string, line: number): SourcePlace | undefined {
  const found = text.indexOf(source, startOfLine(text, line));
  const at = found >= 0 ? found : text.indexOf(source);
  if (at < 0) return undefined;
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return 0;
    at = end + 1;
  }
  return at;
}
