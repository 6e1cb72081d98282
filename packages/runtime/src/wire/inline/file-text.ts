import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The text of a program's own file, or `undefined` where it cannot be read or is too long to be written by hand. */
export function fileText(file: string): string | undefined {
  try {
    const path = fileURLToPath(file);
    return statSync(path).size > MAX_FILE_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const MAX_FILE_BYTES = 2_097_152;
