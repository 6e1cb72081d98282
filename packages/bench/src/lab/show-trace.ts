import { join, relative, resolve } from 'node:path';
import { pictureOf, type Trace } from '@heddle/runtime/trace';
import { colours } from '../report/colours.js';
import { openPage } from './open-page.js';
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

/** Prints a recording, writes its files, and says where they are. */
export async function showTrace(trace: Trace, { out, open, isNew }: Showing): Promise<void> {
  const pictures = trace.runs.map(pictureOf);
  const program = programNamed(trace.program);
  const width = Math.min(200, Math.max(40, process.stdout.columns ?? 80));
  console.log(terminalText(trace, pictures, program, { width, colour: colours.isColorSupported }));

  // A file may name any program: only one of ours becomes part of a path.
  const folder = resolve(out ?? join('lab-out', program?.name ?? 'recording'));
  const names = writeFiles(folder, trace, pictures, program, isNew);
  const shown = relative('', folder) || '.';
  console.log(`Written to ${shown}: ${names.join(', ')}`);
  if (!open) return;
  const problem = await openPage(join(folder, PAGE));
  if (problem !== undefined) console.error(`lab: ${problem}`);
}
