import { type Picture, type Trace, warningsOf } from '@heddle/runtime/trace';
import { decidedSentence } from './facts/decided-sentence.js';
import { sinceBarrier } from './facts/since-barrier.js';
import { lessonOf } from './lesson-of.js';
import type { PageInput } from './page/page-input.js';
import type { Program } from './program.js';

/** What the page of a recording is made of. */
export function pageInput(
  trace: Trace,
  pictures: readonly Picture[],
  program: Program | undefined,
): PageInput {
  const { runs, ...about } = trace;
  const lesson = program && lessonOf(program, trace, pictures);
  return {
    title: program?.title ?? `A recording of ${trace.program}`,
    ...(program === undefined ? {} : { about: program.about }),
    ...(lesson === undefined ? {} : { lesson }),
    inShort: lesson?.inShort ?? pictures.map(decidedSentence).join(' '),
    trace: about,
    runs: runs.map((run, place) => ({
      run,
      picture: pictures[place]!,
      ...describe(run.label),
      warnings: warningsOf(sinceBarrier(pictures[place]!)).map(({ text }) => text),
    })),
  };
}

const WHO_DECIDES: Readonly<Record<string, string>> = {
  tasks: 'user-space scheduler, one OS thread',
  threads: "the kernel's scheduler, one OS thread for each job",
  pool: "a queue, and the kernel's scheduler for the threads that serve it",
};

function describe(label: string): { readonly describe?: string } {
  const known = Object.hasOwn(WHO_DECIDES, label) ? WHO_DECIDES[label] : undefined;
  return known === undefined ? {} : { describe: known };
}
