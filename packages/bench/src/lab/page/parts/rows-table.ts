import { countText } from '../../../explain/number-text.js';
import { sinceBarrier } from '../../facts/since-barrier.js';
import { type Html, html } from '../html.js';
import type { PageRun } from '../page-input.js';
import { type Row, rowName, rowsOf } from '../rows.js';
import { runLetter } from '../run-letter.js';
import { countOf, lengthText, momentText } from '../time-text.js';
import { sinceZero, threadTotals } from '../totals.js';

/** More rows than anybody reads are told by their number. */
const MOST = 300;

/** The lanes in words: one line for each row, for who cannot see them, and for who wants the sums. */
export function rowsTable(runs: readonly PageRun[]): Html {
  return html`<section id="rows" aria-labelledby="rows-title">
<h2 id="rows-title">The lanes in words</h2>
${runs.map(({ picture: whole }, place) => {
  const picture = sinceBarrier(whole);
  const rows = rowsOf(picture);
  const title = `${runLetter(place)} · ${picture.label}`;
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="${`${title}, row by row`}"><table>
<caption>${title}, from the start barrier on</caption>
<thead><tr><th scope="col">Row</th><th scope="col">Kind</th><th scope="col">From</th><th scope="col">To</th><th scope="col" class="spoils">What it did</th></tr></thead>
<tbody>
${rows.slice(0, MOST).map((row) => lineOf(row, picture.fromNs, picture.endNs))}
</tbody></table>
${rows.length > MOST ? html`<p>And ${countText(rows.length - MOST)} rows more.</p>` : undefined}</div>`;
})}
</section>`;
}

function lineOf(row: Row, fromNs: number, endNs: number): Html {
  const life = row.kind === 'thread' || row.kind === 'task' ? row.lane : { fromNs, toNs: endNs };
  return html`<tr><th scope="row">${rowName(row)}</th><td>${KINDS[row.kind]}</td><td>${momentText(Math.max(0, life.fromNs))}</td><td>${momentText(life.toNs)}</td><td class="means spoils">${didOf(row)}</td></tr>\n`;
}

const KINDS = { cpu: 'CPU', thread: 'OS thread', task: 'task', counter: 'counter' } as const;

function didOf(row: Row): string {
  switch (row.kind) {
    case 'cpu': {
      const ours = row.lane.slices.filter(({ tid }) => tid !== 'other');
      return `ran threads of ours ${timesIn(ours)}`;
    }
    case 'thread': {
      const { slices, bands } = row.lane;
      if (slices.length === 0 && bands.length === 0) return 'not seen by the kernel’s recorder';
      const { preemptions, runNs, runnableNs } = threadTotals(row.lane);
      const how = slices.length === 0 ? 'counted: ' : '';
      return `${how}had a CPU for ${lengthText(runNs)}, wanted one for ${lengthText(runnableNs)}, lost it ${countOf(preemptions ?? 0, 'time')} against its will`;
    }
    case 'task': {
      const { slices, polls, waitNs, end } = row.lane;
      const polled = slices.filter(({ state }) => state === 'polled');
      return `${countOf(polls, 'poll')}, ${timesIn(polled)}; ready and not polled for ${lengthText(waitNs)}; ${end === undefined ? 'still alive at the end' : `ended with ${ENDS[end]}`}`;
    }
    case 'counter':
      return `at most ${countText(row.lane.values.reduce((most, value) => Math.max(most, value), 0))}`;
  }
}

const ENDS = {
  value: 'a value',
  panic: 'a panic',
  cancelled: 'a cancellation',
  crash: 'a crash of its thread',
} as const;

function timesIn(intervals: readonly { readonly fromNs: number; readonly toNs: number }[]): string {
  const seen = intervals.filter(({ toNs }) => toNs > 0);
  const total = seen.reduce((sum, interval) => sum + sinceZero(interval), 0);
  return `${lengthText(total)} in ${countOf(seen.length, 'interval')}`;
}
