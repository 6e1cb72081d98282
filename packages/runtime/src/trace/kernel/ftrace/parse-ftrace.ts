import { type FtraceLine, parseFtraceLine } from './ftrace-line.js';

/** The kernel's trace, line by line. Never throws: what cannot be read is counted. */
export interface Ftrace {
  readonly lines: readonly FtraceLine[];
  /** How many events the kernel says it had no room for, between these. */
  readonly lost: number;
  /** How many lines are none that this knows. */
  readonly malformed: number;
}

/** Reads what tracefs has in `trace`, decoded as latin1. */
export function parseFtrace(text: string): Ftrace {
  const lines: FtraceLine[] = [];
  let lost = 0;
  let malformed = 0;
  for (const line of text.split('\n')) {
    const parsed = parseFtraceLine(line);
    if (parsed !== undefined) {
      lines.push(parsed);
      continue;
    }
    // A comment, or the word that the buffer of a CPU begins here.
    if (line === '' || line.startsWith('#')) continue;
    const gap = LOST.exec(line);
    if (gap === null) malformed += 1;
    else lost += Number(gap[1] ?? 1);
  }
  return { lines, lost, malformed };
}

// Without a number the kernel knows only that there was something.
const LOST = /^CPU:\d+ \[LOST (?:(\d+) )?EVENTS\]$/;
