import { readdirSync, readFileSync } from 'node:fs';
import { codeOf, Refused } from './refused.js';

/** The threads that a process has now, by their tids. Throws a `Refused` when it has none, or does not show them. */
export function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT':
      case 'ESRCH':
        throw new Refused(`there is no process ${pid}`);
      case 'EACCES':
      case 'EPERM':
        throw new Refused(`process ${pid} belongs to another user, and /proc hides it`);
    }
    throw error;
  }
}

/** What the kernel calls each of the threads that a process has now. */
export function threadNamesOf(pid: number): Record<number, string> {
  const names: Record<number, string> = {};
  try {
    for (const tid of threadsOf(pid)) {
      names[tid] = readFileSync(`/proc/${pid}/task/${tid}/comm`, 'utf8').replace(/\n$/, '');
    }
  } catch {
    // It has just ended: those seen before are all there are.
  }
  return names;
}

/**
 * Whether a process still runs. It does not when it is gone, or a zombie: a number that is left for its parent. The
 * first thread is one as soon as it has ended, though others may still be on their way out.
 */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]$/.test(stat.charAt(stat.lastIndexOf(')') + 2)) || threadsOf(pid).length > 1;
  } catch (error) {
    const code = codeOf(error);
    return code !== 'ENOENT' && code !== 'ESRCH' && !(error instanceof Refused);
  }
}
