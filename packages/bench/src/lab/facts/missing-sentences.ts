import type { TraceRun } from '@heddle/runtime/trace';

/** What a recording does not have, and why: said with every picture of it. */
export function missingSentences({ label, level, levelBecause, lost }: TraceRun): string[] {
  const sentences: string[] = [];
  if (level !== 'exact') {
    const seen = {
      counted: 'the kernel was counted, not watched: how much each thread ran and waited, never when',
      process: 'the kernel was not watched: there are totals of the process alone',
    }[level];
    sentences.push(`${label}: ${seen}${levelBecause === undefined ? '' : ` (${levelBecause})`}.`);
  }
  if (lost.events > 0)
    sentences.push(`${label}: ${lost.events} events were written over before they were read.`);
  if (lost.threads > 0)
    sentences.push(`${label}: ${lost.threads} threads were not recorded: there were too many.`);
  if (lost.kernel > 0)
    sentences.push(`${label}: the kernel lost ${lost.kernel} events: its buffer was full.`);
  return sentences;
}
