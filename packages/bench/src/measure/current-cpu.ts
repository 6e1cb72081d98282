import { readFileSync } from 'node:fs';

/** Which CPU the calling thread runs on; undefined where there is no `/proc`. Costs about 20 µs. */
export function currentCpu(): number | undefined {
  try {
    const stat = readFileSync('/proc/thread-self/stat', 'latin1');
    // Field 39. The second one is a name in brackets, which may hold blanks.
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(afterName[39 - 3]);
  } catch {
    return undefined;
  }
}
