import { describe, expect, it } from 'vitest';
import { type CoreRow, isMet, ratioOf } from '../src/core/core-row.js';
import { coreSentence } from '../src/core/core-table.js';
import { interleave } from '../src/core/probe.js';

const row = (samples: number[], rest: Partial<CoreRow> = {}): CoreRow => ({
  group: 'tasks',
  what: 'a switch',
  unit: 'ns',
  samples,
  ...rest,
});
const bare = { what: 'one bare await', samples: [40, 80, 60] };

describe('a row of core', () => {
  it('is compared round by round, so that a slow round of both changes nothing', () => {
    expect(ratioOf(row([20, 40, 30], { baseline: bare }))).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
  });

  it('meets a ratio by its median', () => {
    const target = { kind: 'ratio', atMost: 1 } as const;
    expect(isMet(row([40, 79, 70], { baseline: bare, target }))).toBe(true);
    expect(isMet(row([41, 81, 60], { baseline: bare, target }))).toBe(false);
  });

  it('meets a number of bytes without a baseline', () => {
    const target = { kind: 'bytes', atMost: 400 } as const;
    expect(isMet(row([400], { unit: 'bytes', target }))).toBe(true);
    expect(isMet(row([401], { unit: 'bytes', target }))).toBe(false);
  });

  it('meets a number of nanoseconds without a baseline', () => {
    const target = { kind: 'ns', atMost: 60 } as const;
    expect(isMet(row([50, 60, 90], { target }))).toBe(true);
    expect(isMet(row([50, 61, 90], { target }))).toBe(false);
  });

  it('costs nothing when its spread reaches down to the one without it', () => {
    const target = { kind: 'no cost' } as const;
    expect(isMet(row([80, 90, 100], { baseline: bare, target }))).toBe(true);
    expect(isMet(row([81, 90, 100], { baseline: bare, target }))).toBe(false);
    expect(isMet(row([1, 2, 3], { baseline: bare, target }))).toBe(true);
  });

  it('has no verdict without a target', () => {
    expect(isMet(row([1], { baseline: bare }))).toBeUndefined();
  });
});

describe('the sentence of core', () => {
  const target = { kind: 'ratio', atMost: 1 } as const;

  it('names what was missed, and by how much', () => {
    const rows = [
      row([1, 2, 3], { baseline: bare, target }),
      row([60, 120, 90], { what: 'a spawn', baseline: bare, target }),
    ];
    expect(coreSentence(rows)).toBe('1 of 2 targets was missed: tasks, a spawn (1.50 times one bare await).');
  });

  it('says when nothing was', () => {
    expect(coreSentence([row([1, 2, 3], { baseline: bare, target })])).toBe('The one target was met.');
    expect(coreSentence([])).toBe('No target was measured.');
  });
});

describe('interleaved probes', () => {
  it('run once per round, each in its turn first, and lose their warm-up', async () => {
    const order: string[] = [];
    const probe = (name: string) => ({ name, run: async () => order.push(name) });
    const samples = await interleave([probe('a'), probe('b')], { rounds: 2, warmUps: 1 });
    expect(order.join('')).toBe('abbaab');
    expect(samples('a')).toEqual([4, 5]);
    expect(samples('b')).toEqual([3, 6]);
  });
});
