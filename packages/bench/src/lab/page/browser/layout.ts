import type { Row, Run } from './model.js';

/** Points left of the lanes, for the names of the rows. */
export const GUTTER = 176;
export const RIGHT = 12;

/** Where the rows of a run are, from the top of its stage. */
export interface Layout {
  readonly tops: Float64Array;
  readonly heights: Float64Array;
  readonly height: number;
}

export function layoutOf(run: Run): Layout {
  const tops = new Float64Array(run.rows.length);
  const heights = new Float64Array(run.rows.length);
  // Marks of the program have their names above all rows.
  let y = run.marks.length > 0 ? 16 : 4;
  for (const [place, row] of run.rows.entries()) {
    // Air before what begins something: the first thread, and each thread with its tasks.
    if (row.kind === 'thread' && place > 0 && !row.quiet) y += 6;
    tops[place] = y;
    heights[place] = heightOf(row);
    y += heights[place]!;
  }
  return { tops, heights, height: y + 6 };
}

/** The row at a height, or the nearest one. */
export function rowAt({ tops }: Layout, y: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle]! <= y) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function heightOf(row: Row): number {
  switch (row.kind) {
    case 'cpu':
      return 22;
    case 'thread':
      if (row.quiet) return 13;
      return row.bands.from.length > 0 ? 34 : 20;
    case 'task':
      return 18;
    case 'counter':
      return 24;
  }
}
