import { existsSync, readFileSync } from 'node:fs';
import { Refused } from '../refused.js';

/** Where the kernel's trace is mounted. Throws a `Refused` where it is not: mounting it is for the owner to decide. */
export function findTracefs(): string {
  const mounted = mountsOf('tracefs')[0] ?? USUAL.find((path) => existsSync(`${path}/instances`));
  if (mounted !== undefined) return mounted;
  throw new Refused(
    `the kernel's trace is not mounted. To allow level exact, until the next boot: ${inFull(MOUNT, USUAL[0])}`,
  );
}

/** What lets a user who is not root make an instance and, on recent kernels, use it. */
export function allowCommand(tracefs: string): string {
  return `sudo chmod o+x ${tracefs} && sudo chown "$USER" ${tracefs}/instances`;
}

const USUAL = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'] as const;
const MOUNT = 'mount -t tracefs nodev /sys/kernel/tracing';

function inFull(mount: string, tracefs: string): string {
  return process.getuid?.() === 0 ? mount : `sudo ${mount} && ${allowCommand(tracefs)}`;
}

/** Where file systems of this type are mounted, as /proc/mounts has it: with spaces and the like as `\040`. */
function mountsOf(type: string): string[] {
  const lines = readFileSync('/proc/mounts', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, path, is] = line.split(' ');
    if (is !== type || path === undefined) return [];
    return path.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  });
}
