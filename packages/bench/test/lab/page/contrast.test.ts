import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const style = readFileSync(new URL('../../../src/lab/page/browser/browser.css', import.meta.url), 'utf8');
const dark = style.indexOf('@media (prefers-color-scheme: dark)');
const print = style.indexOf('@media print');

/** As WCAG asks of level AA: what is read, and what must be told apart. */
const TEXT = 4.5;
const SHAPE = 3;

describe.each([
  ['light', style.slice(0, dark)],
  ['dark', style.slice(dark, print)],
  ['on paper', style.slice(print)],
])('the colours of the page, %s', (_, part) => {
  const colours = new Map(
    [...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
  const contrast = (one: string, other: string) =>
    contrastOf(colours.get(one) ?? '', colours.get(other) ?? '');
  const hues = Array.from({ length: 8 }, (_, hue) => `hue-${hue}`);

  it.each(['ink', 'faint', 'accent', 'good', 'bad'])('has %s for text on both grounds', (text) => {
    expect(contrast(text, 'paper')).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(text, 'panel')).toBeGreaterThanOrEqual(TEXT);
  });

  it.each(hues)('has %s for intervals, and for the words on them', (hue) => {
    expect(contrast(hue, 'paper')).toBeGreaterThanOrEqual(TEXT);
  });

  it('has a grey for other programs that is seen', () => {
    expect(contrast('other', 'paper')).toBeGreaterThanOrEqual(SHAPE);
  });
});

function contrastOf(one: string, other: string): number {
  const [low, high] = [lightOf(one), lightOf(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance. */
function lightOf(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
