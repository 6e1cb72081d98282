import { durationText } from '../duration-text.js';
import { type Axis, cellAt } from './axis.js';

/** The line that says which moments the cells stand for: a bar at round ones, with the time beside it. */
export function scaleLine(axis: Axis, micro: string): string {
  const step = stepNs(axis);
  let line = '';
  for (let index = Math.ceil(axis.fromNs / step); index * step <= axis.toNs; index += 1) {
    const at = index * step;
    const text = `|${at === 0 ? '0' : trimmed(durationText(at, micro))}`;
    const cell = cellAt(axis, at);
    if (cell >= line.length && cell + text.length <= axis.cells) line = line.padEnd(cell) + text;
  }
  return line;
}

/** A round number of nanoseconds, of which the axis has room for a text each. */
function stepNs(axis: Axis): number {
  const least = ((axis.toNs - axis.fromNs) / axis.cells) * 9;
  const power = 10 ** Math.floor(Math.log10(least));
  return Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least) as number);
}

/** `20.0 ms` as a round number: `20 ms`. */
function trimmed(text: string): string {
  const [value, unit] = text.split(' ');
  return `${Number(value)} ${unit}`;
}
