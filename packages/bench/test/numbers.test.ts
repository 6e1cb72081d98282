import { describe, expect, it } from 'vitest';
import { countText, durationText, factorText, listText, rangeText } from '../src/explain/number-text.js';
import { overlaps, spreadOf } from '../src/measure/spread.js';

describe('a spread', () => {
  it('is between the quartiles of many samples', () => {
    expect(spreadOf([9, 1, 2, 8, 3, 7, 4, 6, 5])).toEqual({ median: 5, low: 3, high: 7 });
  });

  it('is between the extremes of a few', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, low: 10, high: 30 });
  });

  it('overlaps another one when they share a value', () => {
    const spread = (low: number, high: number) => ({ low, median: low, high });
    expect(overlaps(spread(1, 3), spread(3, 5))).toBe(true);
    expect(overlaps(spread(1, 9), spread(3, 5))).toBe(true);
    expect(overlaps(spread(1, 2), spread(3, 5))).toBe(false);
    expect(overlaps(spread(3, 5), spread(1, 2))).toBe(false);
  });
});

describe('a number as people read it', () => {
  it.each([
    [0, '0'],
    [0.00001, '<0.0001'],
    [0.0012, '0.0012'],
    [1, '1'],
    [1.005, '1'],
    [3.456, '3.46'],
    [42.06, '42.1'],
    [100, '100'],
    [1_234_567.8, '1,234,568'],
  ])('%d is %s', (count, text) => {
    expect(countText(count)).toBe(text);
  });

  it.each([
    [1.234, '1.23'],
    [4.56, '4.6'],
    [45.6, '46'],
    [45_600, '45,600'],
  ])('%d times is %s', (factor, text) => {
    expect(factorText(factor)).toBe(text);
  });

  it.each([
    [4.5, '4.50 ns'],
    [45.6, '45.6 ns'],
    [4_560, '4.56 µs'],
    [456_000, '456 µs'],
    [45_600_000, '45.6 ms'],
    [4_560_000_000, '4.56 s'],
  ])('%d ns is %s', (ns, text) => {
    expect(durationText(ns)).toBe(text);
  });

  it('gives two durations one unit', () => {
    expect(rangeText(950, 1_200)).toBe('0.95 to 1.20 µs');
  });

  it('joins names with commas and an and', () => {
    expect(listText(['a'])).toBe('a');
    expect(listText(['a', 'b'])).toBe('a and b');
    expect(listText(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
