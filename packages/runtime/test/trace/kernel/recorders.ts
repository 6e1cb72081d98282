import { readdirSync, readFileSync } from 'node:fs';

const INSTANCES = '/sys/kernel/tracing/instances';

/** The processes that watch for this one or the one given. */
export function recordersOf(starter: number = process.pid): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isRecorder(pid, starter));
}

/** The traces that a process has in the kernel. */
export function instancesOf(recorder: number): string[] {
  return readdirSync(INSTANCES).filter((name) => name.startsWith(`heddle-${recorder}-`));
}

/** Waits until a process has none any more. */
export async function hasNoInstance(recorder: number): Promise<void> {
  while (instancesOf(recorder).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isRecorder(pid: number, starter: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return parent === starter && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('kernel-main');
  } catch {
    return false;
  }
}
