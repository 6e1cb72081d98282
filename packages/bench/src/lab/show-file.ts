import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { parseTrace, type Trace } from '@heddle/runtime/trace';
import type { Command } from './command-line.js';
import { outputFolder, unwritableSentence } from './output-folder.js';
import { showTrace } from './show-trace.js';

/** Shows a recording from its file. Gives the code to end with: 2 for a file that is none, or a folder. */
export async function showFile({ file, out, open }: Extract<Command, { kind: 'show' }>): Promise<number> {
  const trace = readTrace(file);
  if (typeof trace === 'string') {
    console.error(`lab: --from ${inspect(file)}: ${trace}`);
    return 2;
  }
  const problem = unwritableSentence(outputFolder(out, trace.program));
  if (problem !== undefined) {
    console.error(`lab: ${problem}.`);
    return 2;
  }
  await showTrace(trace, { out, open, isNew: false });
  return 0;
}

/** The recording, or why there is none. */
function readTrace(file: string): Trace | string {
  try {
    return parseTrace(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    // What the system says of a file: ENOENT, EISDIR, EACCES.
    if (error instanceof Error && 'syscall' in error) return error.message;
    throw error;
  }
}
