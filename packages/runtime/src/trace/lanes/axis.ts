import type { Interval } from '../picture/picture.js';

/** The time axis that all rows share: a stretch of time, cut into cells of one column each. */
export interface Axis {
  readonly fromNs: number;
  readonly toNs: number;
  readonly cells: number;
}

/** How much time one cell stands for. */
export function cellNs(axis: Axis): number {
  return (axis.toNs - axis.fromNs) / axis.cells;
}

/** The cell that a moment falls into; below 0 or past the last where it is not on the axis. */
export function cellAt(axis: Axis, ns: number): number {
  const cell = Math.floor((ns - axis.fromNs) / cellNs(axis));
  // The end belongs to the last cell: what happens there has no other.
  return ns === axis.toNs ? axis.cells - 1 : cell;
}

/** Calls `visit` for each cell that an interval touches, with the time that it takes of it. */
export function overCells(axis: Axis, interval: Interval, visit: (cell: number, ns: number) => void): void {
  const from = Math.max(interval.fromNs, axis.fromNs);
  const to = Math.min(interval.toNs, axis.toNs);
  // One without a length touches its cell; one that only meets an edge of the axis is not on it.
  if (from > to || (from === to && interval.fromNs < interval.toNs)) return;
  const size = cellNs(axis);
  const first = cellAt(axis, from);
  for (let cell = first; cell < axis.cells; cell += 1) {
    const start = axis.fromNs + cell * size;
    if (cell > first && start >= to) return;
    visit(cell, Math.max(0, Math.min(to, start + size) - Math.max(from, start)));
  }
}
