import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTrace, pictureOf } from '@heddle/runtime/trace';
import { describe, expect, it } from 'vitest';
import { eachBar, type Steps } from '../../../src/lab/page/counter-bars.js';

/** The bars of a graph on a hundred points, one for each unit of time. */
function barsOf(steps: Steps, grain = 1): number[][] {
  const bars: number[][] = [];
  const scale = { left: 0, right: 100, place: (at: number) => at, grain };
  eachBar(steps, 0, scale, (from, to, value) => bars.push([from, to, value]));
  return bars;
}

describe('the bars of a counter', () => {
  it('show a long step at its own value, whatever short one is before it', () => {
    const bars = barsOf({ at: [0, 10, 10.25, 60, 60.5], values: [2, 3, 2, 4, 1] });
    expect(bars).toEqual([
      [0, 10, 2],
      [10, 11, 3],
      [10.25, 60, 2],
      [60, 61, 4],
      [60.5, 100, 1],
    ]);
  });

  it('show the highest of the short steps that end within a grain', () => {
    expect(barsOf({ at: [0, 10, 10.2, 10.4, 10.6, 50], values: [0, 1, 5, 2, 3, 0] })).toEqual([
      [10, 11, 5],
      [10.6, 50, 3],
    ]);
  });

  it('begin at the left and end at the right, and leave out what is before and after', () => {
    expect(barsOf({ at: [-40, -20, 90, 120], values: [4, 1, 2, 9] })).toEqual([
      [0, 90, 1],
      [90, 100, 2],
    ]);
  });

  it('are two to a grain at most, however many steps there are', () => {
    const at = Array.from({ length: 100_000 }, (_, place) => place / 1000);
    expect(barsOf({ at, values: at.map((_, place) => 1 + (place % 3)) }, 2).length).toBeLessThanOrEqual(100);
  });

  it('show the ready tasks of a recording for as long as there were so many', () => {
    const file = fileURLToPath(new URL('../../../recordings/stacked.jsonl', import.meta.url));
    const [run] = parseTrace(readFileSync(file, 'utf8')).runs;
    const { counters, endNs } = pictureOf(run!);
    const { atNs: at, values } = counters.find(({ name }) => name === 'ready tasks')!;
    const lasted = new Map<number, number>();
    const seen = new Map<number, number>();
    for (const [place, value] of values.entries()) {
      const length = Math.max(0, (at[place + 1] ?? endNs) - Math.max(0, at[place]!));
      lasted.set(value, (lasted.get(value) ?? 0) + length / endNs);
    }
    const scale = { left: 0, right: 1000, place: (ns: number) => (ns / endNs) * 1000, grain: 1 };
    eachBar({ at, values }, 0, scale, (from, to, value) =>
      seen.set(value, (seen.get(value) ?? 0) + (to - from) / 1000),
    );
    expect(seen.size).toBeGreaterThan(1);
    for (const [value, share] of seen) {
      // A short step is widened to a thousandth.
      expect(Math.abs(share - (lasted.get(value) ?? 0)), `ready ${value}`).toBeLessThan(0.1);
    }
  });
});
