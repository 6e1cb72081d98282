import type { CpuLane } from '../picture/picture.js';
import { type Axis, cellNs, overCells } from './axis.js';
import { BLANK, type Cell, type Tone } from './cell.js';
import type { Glyphs } from './glyphs.js';

/** A thread as a CPU's row shows it. */
export interface ThreadMark {
  readonly letter: string;
  readonly hue: Tone;
}

/** What a CPU's row shows for a thread of ours that has no lane, and so no letter. */
export const ROWLESS = '?';

/** The cells of a CPU: the letter of the thread that had it for the longest, and a strip where one had it for less. */
export function cpuCells(
  lane: CpuLane,
  axis: Axis,
  glyphs: Glyphs,
  marks: ReadonlyMap<number, ThreadMark>,
): Cell[] {
  const had = Array.from({ length: axis.cells }, () => new Map<number | 'other', number>());
  for (const slice of lane.slices) {
    overCells(axis, slice, (cell, ns) => {
      const owners = had[cell] as Map<number | 'other', number>;
      owners.set(slice.tid, (owners.get(slice.tid) ?? 0) + ns);
    });
  }
  return had.map((owners) => cpuCell(owners, cellNs(axis), glyphs, marks));
}

function cpuCell(
  owners: ReadonlyMap<number | 'other', number>,
  all: number,
  glyphs: Glyphs,
  marks: ReadonlyMap<number, ThreadMark>,
): Cell {
  const byTime = [...owners].sort(([, a], [, b]) => b - a);
  const taken = byTime.reduce((sum, [, ns]) => sum + ns, 0);
  const [first] = byTime;
  if (first === undefined) return BLANK;
  const [owner, longest] = first;
  const isFree = all - taken > longest;
  const [ours] = byTime.flatMap(([tid]) => (tid === 'other' ? [] : [markOf(tid, marks)]));
  if (ours === undefined) return isFree ? BLANK : { glyph: glyphs.other, tone: 'other' };
  if (owner !== 'other' && !isFree) return { glyph: ours.letter, tone: ours.hue };
  return { glyph: isFree ? glyphs.stripIdle : glyphs.stripWanting, tone: ours.hue };
}

/** A thread that is in no lane of the picture is still one of ours. */
function markOf(tid: number, marks: ReadonlyMap<number, ThreadMark>): ThreadMark {
  return marks.get(tid) ?? { letter: ROWLESS, hue: 'plain' };
}
