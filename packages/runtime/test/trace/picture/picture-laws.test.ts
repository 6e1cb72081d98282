import { pictureOf, type TraceRun } from '@heddle/runtime/trace';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRun } from './any-run.js';
import { expectLaws } from './picture-laws.js';
import { scheduledRun } from './scheduled-run.js';

test('a picture keeps its promises whatever the events are', () => {
  fc.assert(
    fc.property(anyRun, (run) => expectLaws(pictureOf(run), run)),
    { numRuns: 250 },
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

/** What a kernel and our executors may have done. To make one smaller is to make another, so it is not tried. */
const schedule = fc.gen().map((draw): TraceRun => {
  const steps = draw(fc.integer, { min: 0, max: 300 });
  return scheduledRun((below) => draw(fc.nat, below - 1), steps);
});

test('of a schedule that could be, every step is in the picture', () => {
  fc.assert(
    fc.property(schedule, (run) => {
      const picture = pictureOf(run);
      expectLaws(picture, run);
      const { events } = run;
      const slices = picture.tasks.flatMap((task) => task.slices);
      const count = (k: string): number => events.filter((event) => event.k === k).length;
      expect(picture.tasks).toHaveLength(count('spawn'));
      expect(slices.filter(({ state }) => state === 'polled')).toHaveLength(count('poll'));
      expect(slices.filter(({ wokenBy }) => wokenBy !== undefined)).toHaveLength(count('wake'));
      for (const { slices } of picture.tasks) {
        // Our executors poll on a CPU alone, so what begins a poll has one.
        for (const { state, fromNs, withoutCpu } of slices) {
          if (state === 'polled') expect(withoutCpu?.[0]?.fromNs).not.toBe(fromNs);
        }
      }
      const preempted = events.filter((event) => event.k === 'off' && event.why === 'preempted');
      expect(picture.threads.reduce((sum, { preemptions = 0 }) => sum + preemptions, 0)).toBe(
        preempted.length,
      );
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test('of a recording that begins in the middle, the rest is as it was', () => {
  fc.assert(
    fc.property(schedule, fc.nat(100), (run, from) => {
      const rest = {
        ...run,
        events: run.events.slice(from),
        lost: { ...run.lost, events: from, kernel: from },
      };
      const whole = pictureOf(run);
      const part = pictureOf(rest);
      expectLaws(part, rest);
      for (const task of part.tasks) {
        const known = whole.tasks.find((other) => other.task === task.task);
        // Its first interval may have begun before, and what the kernel did then is not known.
        for (const slice of task.slices.slice(1)) {
          const { withoutCpu: _, ...same } = slice;
          expect(known?.slices).toContainEqual(expect.objectContaining(same));
        }
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
