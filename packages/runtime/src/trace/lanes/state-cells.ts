import type { TaskLane, ThreadLane } from '../picture/picture.js';
import { type Axis, cellNs, overCells } from './axis.js';
import { BLANK, type Cell, type Tone } from './cell.js';
import type { Glyphs } from './glyphs.js';

/**
 * The cells of a lane of states. A cell stands for a stretch in which a lane may have changed its state a thousand
 * times, so what is drawn is what it did for the longest, and a strip where it also ran, or was polled, for less:
 * no slice is so short that nothing of it is seen. What only ever drew the longest would hide each short poll.
 */
export function threadCells(lane: ThreadLane, axis: Axis, glyphs: Glyphs, hue: Tone): Cell[] {
  const time = new StateTime(axis);
  for (const slice of lane.slices) {
    const sum = { running: time.on, runnable: time.wanting, asleep: time.idle }[slice.state];
    overCells(axis, slice, (cell, ns) => sum.add(cell, ns));
  }
  return time.cells(glyphs, hue);
}

export function taskCells(lane: TaskLane, axis: Axis, glyphs: Glyphs, hue: Tone): Cell[] {
  const time = new StateTime(axis);
  for (const slice of lane.slices) {
    const sum = { polled: time.on, ready: time.wanting, waiting: time.idle }[slice.state];
    overCells(axis, slice, (cell, ns) => sum.add(cell, ns));
    for (const hole of slice.withoutCpu ?? []) overCells(axis, hole, (cell, ns) => time.hollow.add(cell, ns));
  }
  return time.cells(glyphs, hue);
}

/** How long something was so in each cell, and whether it was so at all: an interval may have no length. */
class Sum {
  readonly #ns: Float64Array;
  readonly #seen: Uint8Array;

  constructor(cells: number) {
    this.#ns = new Float64Array(cells);
    this.#seen = new Uint8Array(cells);
  }

  add(cell: number, ns: number): void {
    this.#ns[cell] = this.ns(cell) + ns;
    this.#seen[cell] = 1;
  }

  ns(cell: number): number {
    return this.#ns[cell] ?? 0;
  }

  seen(cell: number): boolean {
    return this.#seen[cell] === 1;
  }
}

class StateTime {
  readonly #axis: Axis;
  /** `hollow` is the part of `on` that was without a CPU. */
  readonly on: Sum;
  readonly hollow: Sum;
  readonly wanting: Sum;
  readonly idle: Sum;

  constructor(axis: Axis) {
    this.#axis = axis;
    this.on = new Sum(axis.cells);
    this.hollow = new Sum(axis.cells);
    this.wanting = new Sum(axis.cells);
    this.idle = new Sum(axis.cells);
  }

  cells(glyphs: Glyphs, hue: Tone): Cell[] {
    return Array.from({ length: this.#axis.cells }, (_, cell) => this.#cell(cell, glyphs, hue));
  }

  #cell(cell: number, glyphs: Glyphs, hue: Tone): Cell {
    const all = cellNs(this.#axis);
    const [on, wanting, idle] = [this.on.ns(cell), this.wanting.ns(cell), this.idle.ns(cell)];
    const absent = Math.max(0, all - on - wanting - idle);
    const longest = Math.max(on, wanting, idle, absent);
    if (on > 0 && on === longest) return this.#onCell(cell, all, glyphs, hue);
    const on0 = this.on.seen(cell);
    if (wanting === longest) {
      return on0 ? { glyph: glyphs.stripWanting, tone: hue } : { glyph: glyphs.wanting, tone: 'wanting' };
    }
    if (on0) return { glyph: glyphs.stripIdle, tone: hue };
    if (idle < longest && this.wanting.seen(cell)) return { glyph: glyphs.wanting, tone: 'wanting' };
    return this.idle.seen(cell) ? { glyph: glyphs.idle, tone: 'idle' } : BLANK;
  }

  #onCell(cell: number, all: number, glyphs: Glyphs, hue: Tone): Cell {
    const [on, hollow] = [this.on.ns(cell), this.hollow.ns(cell)];
    if (hollow * 8 < all) return { glyph: on >= all * 0.9 ? glyphs.full : glyphs.most, tone: hue };
    return { glyph: (on - hollow) * 8 < all ? glyphs.hollow : glyphs.mixed, tone: 'hollow' };
  }
}
