import { pictureOf } from '@heddle/runtime/trace';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRun } from './any-run.js';
import { expectLaws } from './picture-laws.js';

test('a picture keeps its promises whatever the events are', () => {
  fc.assert(
    fc.property(anyRun, (run) => expectLaws(pictureOf(run), run)),
    { numRuns: 500 },
  );
});

test('the same run gives the same picture, and is not written to', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const before = structuredClone(run);
      const first = pictureOf(run);
      expect(pictureOf(run)).toEqual(first);
      expect(run).toEqual(before);
    }),
  );
});
