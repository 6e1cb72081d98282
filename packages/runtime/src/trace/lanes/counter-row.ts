import type { CounterLane, Picture } from '../picture/picture.js';
import { counterCells } from './counted-cells.js';
import type { Row, View } from './row.js';

export function counterRow(lane: CounterLane, label: string, picture: Picture, view: View): Row {
  const top = lane.name === 'ready tasks' ? view.mostReady : view.mostRunnable;
  return {
    label,
    cells: (axis) => counterCells(lane, picture.endNs, top, axis, view.glyphs),
    note: `up to ${topOf(lane, picture, view)}`,
  };
}

/** The most that a counter was in the stretch that is drawn. */
export function topOf(lane: CounterLane, picture: Picture, view: Pick<View, 'fromNs' | 'toNs'>): number {
  return lane.values.reduce((top, value, index) => {
    const from = lane.atNs[index] as number;
    const to = lane.atNs[index + 1] ?? picture.endNs;
    return from <= view.toNs && to >= view.fromNs ? Math.max(top, value) : top;
  }, 0);
}
