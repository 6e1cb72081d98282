import { runLetter } from '../run-letter.js';
import type * as data from '../wire/page-data.js';
import {
  type CounterRow,
  FOREIGN,
  HAS,
  HUES,
  LOOKS,
  type Model,
  RESTS,
  type Row,
  type Run,
  WANTS,
} from './model.js';

/** Unpacks the text of the data element. */
export async function decode(packed: string): Promise<Model> {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const page = JSON.parse(await new Response(stream).text()) as data.PageData;
  return { runs: page.runs.map(runOf), lookFor: page.lookFor };
}

function runOf(run: data.RunData, place: number): Run {
  const hues = new Map<number, number>();
  for (const [row, { kind }] of run.rows.entries()) {
    if (kind === 'thread') hues.set(row, hues.size % HUES);
  }
  const moments = run.rows.map((): { at: number; kind: (typeof run.moments.kind)[number] }[] => []);
  let at = 0;
  for (const [index, row] of run.moments.row.entries()) {
    at += run.moments.at[index]!;
    moments[row]!.push({ at, kind: run.moments.kind[index]! });
  }
  return {
    place,
    title: `${runLetter(place)} · ${run.label}`,
    from: run.from,
    end: run.end,
    rows: run.rows.map((row, index) => rowOf(row, index, hues, moments[index]!)),
    // The axis has its zero at the barrier: it needs no other mark.
    marks: run.marks.filter(({ at, name }) => at !== 0 || name !== 'barrier'),
    words: run.words,
    cpus: run.rows.filter(({ kind }) => kind === 'cpu').length,
  };
}

function rowOf(
  row: data.RowData,
  place: number,
  hues: ReadonlyMap<number, number>,
  moments: Row['moments'],
): Row {
  const hue = hues.get(row.thread) ?? 0;
  const { name, detail, thread, from: lifeFrom, to: lifeTo } = row;
  const named = { place, name, detail, thread, hue, lifeFrom, lifeTo, moments };
  switch (row.kind) {
    case 'cpu': {
      const code = Uint8Array.from(row.who, (who) => {
        const other = hues.get(who);
        return other === undefined ? FOREIGN : other * LOOKS + HAS;
      });
      return { kind: 'cpu', ...named, ...spansOf(row), code, who: Int32Array.from(row.who) };
    }
    case 'thread': {
      const { bands } = row;
      return {
        kind: 'thread',
        ...named,
        ...spansOf(row),
        code: codesOf(row.state, hue),
        quiet: row.quiet,
        state: Int32Array.from(row.state),
        cpu: Int32Array.from(row.cpu),
        why: Int32Array.from(row.why),
        by: Int32Array.from(row.by),
        wokenBy: Int32Array.from(row.wokenBy),
        bands: {
          ...spansOf(bands),
          running: Int32Array.from(bands.running),
          runnable: Int32Array.from(bands.runnable),
        },
      };
    }
    case 'task': {
      const spans = spansOf(row);
      return {
        kind: 'task',
        ...named,
        ...spans,
        code: codesOf(row.state, hue),
        settled: row.settled,
        spawnedBy: row.spawnedBy,
        state: Int32Array.from(row.state),
        end: Int32Array.from(row.end),
        on: Int32Array.from(row.on),
        of: Int32Array.from(row.of),
        wokenBy: Int32Array.from(row.wokenBy),
        holes: holesOf(row.hole, spans.from),
      };
    }
    case 'counter':
      return { kind: 'counter', ...named, ...counterOf(row) };
  }
}

/** Both kinds of states come in the same order: it has what it wants, it wants it, it wants nothing. */
function codesOf(states: readonly number[], hue: number): Uint8Array {
  return Uint8Array.from(states, (state) => hue * LOOKS + (state === 0 ? HAS : state === 1 ? WANTS : RESTS));
}

function spansOf({ gaps, lengths }: data.Spans): { from: Float64Array; to: Float64Array } {
  const from = new Float64Array(gaps.length);
  const to = new Float64Array(gaps.length);
  let at = 0;
  for (let place = 0; place < gaps.length; place++) {
    from[place] = at + gaps[place]!;
    at = from[place]! + lengths[place]!;
    to[place] = at;
  }
  return { from, to };
}

function holesOf({ of, after, length }: data.TaskRowData['hole'], starts: Float64Array) {
  const from = new Float64Array(of.length);
  const to = new Float64Array(of.length);
  let span = 0;
  for (let place = 0; place < of.length; place++) {
    span += of[place]!;
    from[place] = starts[span]! + after[place]!;
    to[place] = from[place]! + length[place]!;
  }
  return { from, to };
}

function counterOf({ steps, values }: data.CounterRowData): Pick<CounterRow, 'at' | 'values' | 'most'> {
  let at = 0;
  return {
    at: Float64Array.from(steps, (step) => {
      at += step;
      return at;
    }),
    values: Float64Array.from(values),
    most: values.reduce((high, value) => Math.max(high, value), 0),
  };
}
