import { readFileSync } from 'node:fs';

/** What the kernel says of a thread of this process at one moment; times in nanoseconds. */
export interface ThreadTime {
  readonly atNs: number;
  readonly runNs: number;
  readonly waitNs: number;
  /** Whether it has a CPU or wants one; otherwise it sleeps. */
  readonly isRunnable: boolean;
}

/** `undefined` where the system does not say: it is no Linux, or the thread is gone. */
export function threadTime(tid: number, atNs: number): ThreadTime | undefined {
  try {
    const [runNs, waitNs] = readFileSync(`/proc/self/task/${tid}/schedstat`, 'utf8').split(' ').map(Number);
    const stat = readFileSync(`/proc/self/task/${tid}/stat`, 'utf8');
    // The name before the state may have a bracket in it.
    const isRunnable = stat.slice(stat.lastIndexOf(')') + 2).startsWith('R');
    return runNs === undefined || waitNs === undefined ? undefined : { atNs, runNs, waitNs, isRunnable };
  } catch {
    return undefined;
  }
}

/**
 * What a thread that does not come back did while it was looked at, in words.
 *
 * Whether it computes is told by what it was found at, and not by the times: beside other programs a thread that
 * computes has little time on a CPU, and the kernel counts a wait for one when that is over. So a wait that began before
 * the first look is counted whole, and what is more than fits between the looks is left out.
 */
export function timeInWords(looks: readonly ThreadTime[]): string {
  const [from, to] = [looks[0], looks.at(-1)];
  if (from === undefined || to === undefined) {
    return 'whether it computes or is blocked cannot be told on this system';
  }
  const isBusy = looks.filter(({ isRunnable }) => isRunnable).length * 2 > looks.length;
  const allMs = ms(to.atNs - from.atNs);
  const ranMs = Math.min(allMs, ms(to.runNs - from.runNs));
  const wantedMs = Math.min(allMs - ranMs, ms(to.waitNs - from.waitNs));
  return `${isBusy ? 'busy: it computes' : 'blocked: it is asleep, and computes nothing'}. Of the last ${allMs} ms it was on a CPU for ${ranMs}, and wanted one for ${wantedMs}`;
}

function ms(ns: number): number {
  return Math.round(ns / 1e6);
}
