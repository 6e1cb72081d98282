import type { CounterLane, ThreadLane } from '../picture/picture.js';
import { type Axis, overCells } from './axis.js';
import { BLANK, type Cell, type Tone } from './cell.js';
import type { Glyphs } from './glyphs.js';

/**
 * The cells of what was counted and not seen: of each stretch, how much of it a thread ran, or wanted a CPU. When
 * within the stretch nobody knows, so it is drawn in shades that no slice has.
 */
export function shareCells(
  lane: ThreadLane,
  of: 'running' | 'runnable',
  axis: Axis,
  glyphs: Glyphs,
  tone: Tone,
): Cell[] {
  const known = new Float64Array(axis.cells);
  const sum = new Float64Array(axis.cells);
  for (const band of lane.bands) {
    overCells(axis, band, (cell, ns) => {
      known[cell] = (known[cell] as number) + ns;
      sum[cell] = (sum[cell] as number) + ns * band[of];
    });
  }
  const most = glyphs.shares.length - 1;
  return Array.from(known, (ns, cell) => {
    if (ns === 0) return BLANK;
    const share = Math.min(1, (sum[cell] as number) / ns);
    // A little is not nothing, and nearly all is not all.
    const level = share < 0.005 ? 0 : Math.max(1, Math.floor(share * most + 0.005));
    return { glyph: glyphs.shares[level] as string, tone };
  });
}

/** The cells of a counter: the most that it was within each; `top` is drawn as the highest level. */
export function counterCells(
  lane: CounterLane,
  endNs: number,
  top: number,
  axis: Axis,
  glyphs: Glyphs,
): Cell[] {
  const most = new Float64Array(axis.cells);
  for (const [index, value] of lane.values.entries()) {
    const stretch = { fromNs: lane.atNs[index] as number, toNs: lane.atNs[index + 1] ?? endNs };
    overCells(axis, stretch, (cell) => {
      most[cell] = Math.max(most[cell] as number, value);
    });
  }
  // Digits say the number itself where they can.
  const scale = glyphs.levels.length >= top && glyphs.levels[0] === '1' ? 1 : glyphs.levels.length / top;
  return Array.from(most, (value) => {
    const level = Math.ceil(value * scale);
    return level === 0 ? BLANK : { glyph: glyphs.levels[level - 1] as string, tone: 'plain' };
  });
}
