import { readFileSync } from 'node:fs';

/** How often a thread gave its CPU away: because it had to wait, and because the kernel took it. */
export interface Switches {
  readonly voluntary: number;
  readonly involuntary: number;
}

/** Asks the kernel about the thread that calls. Linux only: undefined elsewhere. */
export function countSwitches(): Switches | undefined {
  try {
    const status = readFileSync('/proc/thread-self/status', 'utf8');
    const voluntary = /^voluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1];
    const involuntary = /^nonvoluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1];
    if (voluntary === undefined || involuntary === undefined) return undefined;
    return { voluntary: Number(voluntary), involuntary: Number(involuntary) };
  } catch {
    return undefined;
  }
}

export function switchesSince(before: Switches | undefined): Switches | undefined {
  const now = countSwitches();
  if (before === undefined || now === undefined) return undefined;
  return {
    voluntary: now.voluntary - before.voluntary,
    involuntary: now.involuntary - before.involuntary,
  };
}
