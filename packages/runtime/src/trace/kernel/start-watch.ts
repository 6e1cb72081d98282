import type { KernelLevel } from '../trace.js';
import { watchCounted } from './counted/watch-counted.js';
import { watchExactly } from './exact/watch-exactly.js';
import { Refused } from './refused.js';
import type { Watch } from './watch.js';

/** What the process that watches is asked for, in its arguments. */
export interface WatchOrder {
  readonly pid: number;
  /** The most exact level to try. */
  readonly level: KernelLevel;
  /** Level counted: how often it looks. */
  readonly everyMs: number;
  /** Level exact: the buffer of each CPU. */
  readonly bufferKb: number | undefined;
}

/** What became of the order: a watch at the most exact level that there is, or none; and why not at one above. */
export interface StartedWatch {
  readonly watch: Watch | undefined;
  readonly because: string | undefined;
}

export function startWatch({ pid, level, bufferKb }: WatchOrder): StartedWatch {
  const refused: string[] = [];
  const attempt = (start: () => Watch): Watch | undefined => {
    try {
      return start();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!refused.includes(error.message)) refused.push(error.message);
      return undefined;
    }
  };
  if (level !== 'exact') refused.push(`no more than level ${level} was asked for`);
  const watch =
    (level === 'exact' ? attempt(() => watchExactly(pid, bufferKb)) : undefined) ??
    (level === 'process' ? undefined : attempt(() => watchCounted(pid)));
  return { watch, because: refused.length === 0 ? undefined : refused.join('; ') };
}
