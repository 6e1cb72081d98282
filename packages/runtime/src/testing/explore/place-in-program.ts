import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorStack } from '../../base/error-text.js';

/**
 * Where on the stack the program itself is, as `bank.ts:12`: the first frame that is neither ours nor Node's.
 *
 * Read from the text of a stack, which tsx, vitest and Node have by then mapped back to the file as it was
 * written. Without the folder, so that it is the same on every machine.
 */
export function placeInProgram(): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 64;
  const stack = errorStack(new Error());
  Error.stackTraceLimit = stackTraceLimit;
  for (const frame of stack?.split('\n') ?? []) {
    const found = FRAME.exec(frame)?.groups;
    const { file, line } = found ?? {};
    if (file === undefined || isOurs(file)) continue;
    return `${basename(file)}:${line}`;
  }
  return undefined;
}

// `at deposit (file:///app/bank.ts:12:5)` or `at C:\app\bank.ts:12:5`, and neither `node:internal` nor `<anonymous>`.
const FRAME = /(?:\(|at )(?<file>(?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?)(?:\?[^:]*)?:(?<line>\d+):\d+\)?$/;

/** What runs, and what a source map says that it was written as. */
const OURS: readonly string[] = ['dist/', 'src/'].flatMap((folder) => {
  const url = new URL(`../../../${folder}`, import.meta.url);
  return [url.href, fileURLToPath(url)];
});

function isOurs(file: string): boolean {
  return OURS.some((folder) => file.startsWith(folder));
}
