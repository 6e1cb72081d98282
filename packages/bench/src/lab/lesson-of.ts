import type { Picture, Trace } from '@heddle/runtime/trace';
import type { Lesson } from './page/lesson.js';
import { type Program, type Run, UNDER } from './program.js';

/** What a program says of a recording of it. A run with a label of somebody else's is shown, and nothing said of it. */
export function lessonOf(program: Program, { runs }: Trace, pictures: readonly Picture[]): Lesson {
  const known = UNDER.flatMap((label): [string, Run][] => {
    const place = runs.findIndex((run) => run.label === label);
    const picture = pictures[place];
    return picture === undefined ? [] : [[label, { label, place, picture }]];
  });
  return program.lesson(Object.fromEntries(known));
}
