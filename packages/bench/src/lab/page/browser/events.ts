import type { Row } from './model.js';
import { glyphsOf } from './row-glyphs.js';
import { firstAfter, lastUpTo } from './spans.js';

/** The next moment of a row after `at`, or the last one before it: where something on it begins or happens. */
export function neighbour(row: Row, at: number, direction: 1 | -1): number | undefined {
  if (row.kind === 'counter') {
    const place = lastUpTo(row.at, at) + (direction > 0 ? 1 : row.at[lastUpTo(row.at, at)] === at ? -1 : 0);
    return row.at[place];
  }
  const spans = row.kind === 'thread' && row.from.length === 0 ? row.bands : row;
  const place = firstAfter(spans, at);
  const starts = [spans.from[place - 1], spans.from[place], spans.from[place + 1]];
  // Moments beside the intervals, within as far as the next interval goes.
  const [low, high] = [starts[0] ?? row.lifeFrom, spans.to[place] ?? row.lifeTo];
  const { all: glyphs } = glyphsOf(row);
  for (
    let index = lastUpTo(glyphs.at, low - 1) + 1;
    index < glyphs.at.length && glyphs.at[index]! <= high;
    index++
  ) {
    starts.push(glyphs.at[index]);
  }
  const ahead = starts.filter(
    (start) => start !== undefined && (direction > 0 ? start > at : start < at),
  ) as number[];
  if (ahead.length === 0) return undefined;
  return direction > 0 ? Math.min(...ahead) : Math.max(...ahead);
}
