import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How a program is started on so many CPUs, or why it cannot be. */
export type Pinning =
  | { readonly kind: 'pinned'; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: 'not pinned'; readonly because: string };

/** Pins by `taskset`, before the first thread of the program is there: Node has no call for it. */
export function pinnedTo(cpus: number): Pinning {
  const command = commandNamed('taskset');
  if (command === undefined) {
    const where =
      process.platform === 'linux' ? 'there is no taskset (package util-linux)' : 'only Linux can';
    return { kind: 'not pinned', because: `--cpus ${cpus}: not pinned, since ${where}; it may use all CPUs` };
  }
  return { kind: 'pinned', command, args: ['--cpu-list', allowedCpus().slice(0, cpus).join(',')] };
}

/** The CPUs that this process may use, which need not begin at 0. */
function allowedCpus(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, place) => first + place);
  });
}

function commandNamed(name: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
