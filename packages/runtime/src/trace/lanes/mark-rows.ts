import type { Picture } from '../picture/picture.js';
import { type Axis, cellAt } from './axis.js';
import { BLANK, type Cell } from './cell.js';
import { columnsOf, fitted } from './fitted.js';
import type { Row, View } from './row.js';

/** One row for the moments that the program named, each with its name where there is room for that. */
export function markRows(picture: Picture, view: View): Row[] {
  const marks = picture.marks.filter(({ atNs }) => atNs >= view.fromNs && atNs <= view.toNs);
  if (marks.length === 0) return [];
  return [{ label: 'marks', cells: (axis) => markCells(marks, axis, view), note: '' }];
}

function markCells(marks: Picture['marks'], axis: Axis, view: View): Cell[] {
  const cells: Cell[] = [];
  for (const [index, { atNs, name }] of marks.entries()) {
    const cell = cellAt(axis, atNs);
    if (cell < cells.length) continue;
    while (cells.length < cell) cells.push(BLANK);
    cells.push({ glyph: view.glyphs.mark, tone: 'plain' });
    const next = marks[index + 1];
    const room = (next === undefined ? axis.cells : cellAt(axis, next.atNs)) - cell - 1;
    cells.push(...textCells(fitted(name, Math.max(0, room), view.glyphs.cut, view.ascii)));
  }
  return cells;
}

/** One cell for each column: a wide character fills its own and leaves the next one empty. */
function textCells(text: string): Cell[] {
  const cells: Cell[] = [];
  for (const char of text) {
    const columns = columnsOf(char);
    if (columns === 0) {
      const last = cells.pop() ?? BLANK;
      cells.push({ ...last, glyph: last.glyph + char });
    } else {
      cells.push({ glyph: char, tone: 'plain' });
      if (columns === 2) cells.push({ glyph: '', tone: 'plain' });
    }
  }
  return cells;
}
