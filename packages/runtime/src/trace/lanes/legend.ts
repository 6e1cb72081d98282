import { durationText } from '../duration-text.js';
import type { Picture } from '../picture/picture.js';
import { ROWLESS } from './cpu-cells.js';
import { columnsOf, padded } from './fitted.js';
import type { View } from './row.js';

/** What the characters mean: those that these runs can have. */
export function legendLines(
  pictures: readonly Picture[],
  view: View,
  cellNs: number,
  width: number,
): string[] {
  const { glyphs } = view;
  const threads = pictures.flatMap((picture) => picture.threads);
  const has = {
    cpus: pictures.some(({ cpus }) => cpus.length > 0),
    slices: threads.some(({ slices }) => slices.length > 0),
    bands: threads.some(({ bands }) => bands.length > 0),
    tasks: pictures.some(({ tasks }) => tasks.length > 0),
    rowless: pictures.some(hasRowless),
  };
  const shade = glyphs.shares.filter((_, level) => level > 0);
  const entries: readonly (readonly [string, boolean, readonly string[]])[] = [
    [
      'cell',
      true,
      [
        `${durationText(cellNs, glyphs.micro)}${has.slices || has.tasks ? ': drawn is what took the longest' : ''}`,
      ],
    ],
    [
      '',
      has.slices || has.tasks,
      [`${glyphs.stripIdle} ${glyphs.stripWanting} for less of it: on a CPU, or polled`],
    ],
    [
      'CPUs',
      has.cpus,
      [
        'a to z: the thread',
        ...(has.rowless ? [`${ROWLESS} a thread of ours without a row here`] : []),
        `${glyphs.other} another program`,
        'blank: none of ours',
      ],
    ],
    [
      'threads',
      has.slices,
      [
        `${glyphs.full} on a CPU`,
        `${glyphs.most} for the most part`,
        `${glyphs.wanting} wants a CPU`,
        `${glyphs.idle} asleep`,
      ],
    ],
    ['', has.bands, [`${shade[0]} to ${shade.at(-1)} how much of the time, counted`]],
    [
      'tasks',
      has.tasks,
      [
        `${glyphs.full} polled`,
        `${glyphs.most} for the most part`,
        `${glyphs.wanting} ready, not polled`,
        `${glyphs.idle} waits`,
        ...(has.slices ? [`${glyphs.hollow} polled, but its thread had no CPU`, `${glyphs.mixed} both`] : []),
      ],
    ],
  ];
  const shown = entries.filter(([, isShown]) => isShown);
  return shown.flatMap(([title, , items]) => wrapped(title, items, width));
}

/** Whether a thread had a CPU that is in no lane of the picture. */
function hasRowless({ cpus, threads }: Picture): boolean {
  const known = new Set(threads.map(({ tid }) => tid));
  return cpus.some(({ slices }) => slices.some(({ tid }) => tid !== 'other' && !known.has(tid)));
}

const INDENT = 9;

function wrapped(title: string, items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = padded(title, INDENT);
  for (const item of items) {
    const isFirst = line.length === INDENT;
    if (!isFirst && columnsOf(line) + 2 + columnsOf(item) > width) {
      lines.push(line);
      line = padded('', INDENT) + item;
    } else {
      line += isFirst ? item : `  ${item}`;
    }
  }
  return [...lines, line];
}
