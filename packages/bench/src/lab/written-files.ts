import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Picture, perfettoText, type Trace, traceText } from '@heddle/runtime/trace';
import { pageOf } from './page/page.js';
import { pageInput } from './page-input-of.js';
import type { Program } from './program.js';

export const PAGE = 'page.html';
const PERFETTO = 'perfetto.json';
const EVENTS = 'events.jsonl';

/** Writes the page, the trace for Perfetto and, of what was recorded just now, the events. Gives what it wrote. */
export function writeFiles(
  folder: string,
  trace: Trace,
  pictures: readonly Picture[],
  program: Program | undefined,
  isNew: boolean,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files: [string, string][] = [
    [PAGE, pageOf(pageInput(trace, pictures, program))],
    [PERFETTO, perfettoText(pictures)],
  ];
  if (isNew) files.push([EVENTS, traceText(trace)]);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return files.map(([name]) => name);
}
