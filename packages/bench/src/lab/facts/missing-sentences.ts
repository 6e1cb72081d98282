import type { TraceRun } from '@heddle/runtime/trace';
import { listText } from '../../explain/number-text.js';

/** What recordings do not have, and why: said with every picture of them, once for all runs of which it is true. */
export function missingSentences(runs: readonly TraceRun[]): string[] {
  const levels = new Map<string, string[]>();
  for (const run of runs) {
    const sentence = levelWords(run);
    if (sentence !== undefined) levels.set(sentence, [...(levels.get(sentence) ?? []), run.label]);
  }
  const ofLevels = [...levels].map(([sentence, labels]) => `${listText(labels)}: ${sentence}.`);
  return [...ofLevels, ...runs.flatMap(lostSentences)];
}

function levelWords({ level, levelBecause }: TraceRun): string | undefined {
  if (level === 'exact') return undefined;
  const seen = {
    counted: 'the kernel was counted, not watched: how much each thread ran and waited, never when',
    process: 'the kernel was not watched: there are totals of the process alone',
  }[level];
  return `${seen}${levelBecause === undefined ? '' : ` (${levelBecause})`}`;
}

function lostSentences({ label, lost }: TraceRun): string[] {
  const sentences: string[] = [];
  if (lost.events > 0)
    sentences.push(`${label}: ${lost.events} events were written over before they were read.`);
  if (lost.threads > 0)
    sentences.push(`${label}: ${lost.threads} threads were not recorded: there were too many.`);
  if (lost.kernel > 0)
    sentences.push(`${label}: the kernel lost ${lost.kernel} events: its buffer was full.`);
  if (lost.texts !== undefined)
    sentences.push(
      `${label}: ${lost.texts} times a name or a wait found no room, and is shown as … instead.`,
    );
  return sentences;
}

/** Says how busy the machine was with other things, where that was enough to change what is seen. */
export function busySentence(runs: readonly TraceRun[]): string | undefined {
  const used = runs.map(({ othersUsed }) => Math.round((othersUsed ?? 0) * 100));
  const most = Math.max(0, ...used);
  if (most < BUSY) return undefined;
  const least = Math.min(...used);
  return `Other programs used ${least === most ? most : `${least} to ${most}`} % of this machine meanwhile: waits are longer than they would be.`;
}

const BUSY = 25;
