import { lanesOf, type Picture, type Trace, warningsOf } from '@heddle/runtime/trace';
import { essenceOf } from './essence.js';
import { decidedSentence } from './facts/decided-sentence.js';
import { missingSentences } from './facts/missing-sentences.js';
import { lessonOf } from './lesson-of.js';
import type { Program } from './program.js';
import { wrapped } from './wrapped.js';

/** How wide a terminal is, and whether it has colours. */
export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
}

/** What is printed of a recording: its lanes, who decided, why it looks so, what is remarkable and what is missing. */
export function terminalText(
  trace: Trace,
  pictures: readonly Picture[],
  program: Program | undefined,
  { width, colour }: Terminal,
): string {
  const sentences = [
    ...pictures.map(decidedSentence),
    ...(program === undefined ? [] : lessonOf(program, trace, pictures).why),
    ...pictures.flatMap(worstWarnings),
    ...trace.runs.flatMap(missingSentences),
  ];
  const title = program === undefined ? [] : [`${program.name}: ${program.title}`];
  return [
    ...title,
    lanesOf(pictures.map(essenceOf), { width, colour }),
    ...sentences.map((sentence) => wrapped(sentence, width)),
  ].join('\n');
}

/** What is most remarkable about a run. The page has the rest. */
function worstWarnings(picture: Picture): string[] {
  return warningsOf(picture)
    .slice(0, 2)
    .map(({ text }) => `${picture.label}: ${text}`);
}
