import { lanesOf, type Picture, type Trace, warningsOf } from '@heddle/runtime/trace';
import { essenceOf } from './essence.js';
import { decidedSentence } from './facts/decided-sentence.js';
import { busySentence, missingSentences } from './facts/missing-sentences.js';
import { present } from './facts/sights.js';
import { sinceBarrier } from './facts/since-barrier.js';
import { lessonOf } from './lesson-of.js';
import { shownText } from './page/shown-text.js';
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
    ...(program === undefined ? pictures.flatMap(warnings) : lessonOf(program, trace, pictures).why),
    ...missingSentences(trace.runs),
    ...present([busySentence(trace.runs)]),
  ];
  const title = program === undefined ? [] : [`${program.name}: ${program.title}`];
  return [
    ...title,
    lanesOf(pictures.map(essenceOf), { width, colour }),
    ...sentences.map((sentence) => wrapped(oneLine(sentence), width)),
  ].join('\n');
}

/** A sentence may hold a label, a name or a reason out of somebody's file: nothing in it moves a cursor or ends a line. */
function oneLine(sentence: string): string {
  return shownText(sentence).replaceAll('\n', '\\n');
}

/** What is remarkable about a run of which no program of ours says anything. Of ours the page says it. */
function warnings(picture: Picture): string[] {
  return warningsOf(sinceBarrier(picture)).map(({ text }) => `${picture.label}: ${text}`);
}
