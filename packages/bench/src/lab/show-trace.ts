import { join, relative } from 'node:path';
import { pictureOf, type Trace } from '@heddle/runtime/trace';
import { colours } from '../report/colours.js';
import { openPage } from './open-page.js';
import { outputFolder } from './output-folder.js';
import { programNamed } from './programs/list.js';
import { terminalText } from './terminal-text.js';
import { PAGE, writeFiles } from './written-files.js';

/** What becomes of a recording besides being printed. */
export interface Showing {
  readonly out: string | undefined;
  readonly open: boolean;
  /** Whether its events are in no file yet. */
  readonly isNew: boolean;
}

/** Writes the files of a recording, prints it, and says where they are. What is printed can be had again from them. */
export async function showTrace(trace: Trace, { out, open, isNew }: Showing): Promise<void> {
  const pictures = trace.runs.map(pictureOf);
  const program = programNamed(trace.program);
  const folder = outputFolder(out, trace.program);
  const names = writeFiles(folder, trace, pictures, program, isNew);
  const width = drawnWidth(process.stdout.columns);
  console.log(terminalText(trace, pictures, program, { width, colour: colours.isColorSupported }));
  const shown = relative('', folder) || '.';
  console.log(`Written to ${shown}: ${names.join(', ')}`);
  if (!open) return;
  const problem = await openPage(join(folder, PAGE));
  if (problem !== undefined) console.error(`lab: ${problem}`);
}

/** How wide to draw for a terminal of so many columns: lanes need 50, and a narrower one breaks their lines. */
export function drawnWidth(columns: number | undefined): number {
  return Math.min(200, Math.max(50, columns ?? 80));
}
