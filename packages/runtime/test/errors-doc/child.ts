import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What one of the programs in modules/ wrote to stdout and stderr, line by line. */
export function linesOf(
  program: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<string[]> {
  const path = fileURLToPath(new URL(`./modules/${program}`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, path, ...args], (_, stdout, stderr) => {
      resolve([...stdout.split('\n'), ...stderr.split('\n')]);
    });
  });
}
