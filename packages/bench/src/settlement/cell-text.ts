import { type Aspect, broken, type Cell } from './cell.js';

/** One letter for each aspect that did not hold; that a job settled is told in words. */
export const LETTERS: Readonly<Record<Exclude<Aspect, 'settled'>, string>> = {
  kind: 'K',
  fields: 'F',
  stopped: 'R',
  neighbours: 'N',
  usable: 'U',
  joiner: 'J',
};

/** What each word and letter of a cell means, in the order of a legend. */
export const LEGEND: readonly (readonly [string, string])[] = [
  ['ok', 'it settled, and everything else that was asked held'],
  ['hung', 'it never settled'],
  ['down', "the caller's own process ended, by an exception that nobody could catch"],
  ['K', 'what it settled with does not say what happened'],
  ['F', 'of what was thrown something is lost: class, name, message, code, own properties, cause, errors'],
  ['R', 'it settled, and the job runs on'],
  ['N', 'another job on the same pool was harmed'],
  ['U', 'the pool is not usable afterwards: a later job hangs or fails, or a thread is gone for good'],
  ['J', 'a joiner that blocks its thread did not get the same end (asked of who has one)'],
  ['-', 'there is no such feature, or it does not load'],
  ['?', 'it could not be measured'],
];

/** A cell in eight characters: `ok`, or what is wrong. */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'measured': {
      const wrong = broken(cell.findings);
      if (wrong.length === 0) return 'ok';
      const letters = wrong.flatMap((aspect) => (aspect === 'settled' ? [] : LETTERS[aspect])).join('');
      return wrong.includes('settled') ? `hung ${letters}`.trim() : letters;
    }
    case 'down':
      return 'down';
    case 'none':
      return '-';
    case 'failed':
      return '?';
    case 'unmeasured':
      return '';
  }
}
