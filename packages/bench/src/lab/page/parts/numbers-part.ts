import { countText } from '../../../explain/number-text.js';
import { type Html, html } from '../html.js';
import type { PageRun } from '../page-input.js';
import { runLetter } from '../run-letter.js';
import { lengthText } from '../time-text.js';
import { type Totals, totalsOf } from '../totals.js';

interface Metric {
  readonly title: string;
  readonly means: string;
  readonly key: keyof Totals;
  readonly text: (value: number) => string;
  /** Known wherever there were tasks: no kernel is asked. */
  readonly ofTasks?: true;
}

const METRICS: readonly Metric[] = [
  { title: 'Length', means: 'from the start barrier to the end', key: 'lengthNs', text: lengthText },
  { title: 'CPU time used', means: 'by all threads together', key: 'cpuNs', text: lengthText },
  {
    title: 'Wanted a CPU',
    means: 'threads that could run and had none, all together',
    key: 'wantedCpuNs',
    text: lengthText,
  },
  { title: 'Preemptions', means: 'the kernel took a CPU away', key: 'preemptions', text: countText },
  {
    title: 'Migrations',
    means: 'the kernel moved a thread to another CPU',
    key: 'migrations',
    text: countText,
  },
  { title: 'Tasks', means: 'that lived then', key: 'tasks', text: countText },
  {
    title: 'Polls',
    means: 'times that a scheduler in user space gave a task its turn',
    key: 'polls',
    text: countText,
  },
  {
    title: 'Longest poll',
    means: 'for which every other task of that thread had to wait',
    key: 'longestPollNs',
    text: lengthText,
    ofTasks: true,
  },
  {
    title: 'Ready, not polled',
    means: 'tasks that could go on and were not let, all together',
    key: 'taskWaitNs',
    text: lengthText,
  },
  {
    title: 'Response',
    means: 'from a task’s spawn, or the barrier where that came later, to its first poll, on average',
    key: 'responseNs',
    text: lengthText,
    ofTasks: true,
  },
  {
    title: 'Turnaround',
    means: 'from a task’s spawn, or the barrier where that came later, to its end, on average',
    key: 'turnaroundNs',
    text: lengthText,
    ofTasks: true,
  },
];

/** The runs in numbers, side by side. */
export function numbersPart(runs: readonly PageRun[]): Html {
  const totals = runs.map(totalsOf);
  const rows = METRICS.filter(({ key }) =>
    totals.some((total) => total[key] !== undefined && total[key] !== 0),
  );
  return html`<section id="numbers" class="spoils" aria-labelledby="numbers-title">
<h2 id="numbers-title">Numbers</h2>
<table>
<caption>From the start barrier on; each run was recorded once, so a small difference means nothing.</caption>
<thead><tr><th scope="col">What</th>${runs.map(({ picture }, place) => html`<th scope="col">${runLetter(place)} · ${picture.label}</th>`)}<th scope="col">Means</th></tr></thead>
<tbody>
${rows.map((metric) => rowOf(metric, totals))}
</tbody>
</table>
</section>`;
}

function rowOf({ title, means, key, text, ofTasks }: Metric, totals: readonly Totals[]): Html {
  const most = Math.max(...totals.map((total) => total[key] ?? 0));
  return html`<tr><th scope="row">${title}</th>${totals.map((total, place) => {
    const value = total[key];
    if (value === undefined) return html`<td class="unseen">${ofTasks ? 'no tasks' : 'not seen'}</td>`;
    return html`<td>${text(value)}${bar(most === 0 ? 0 : value / most, place)}</td>`;
  })}<td class="means">${means}</td></tr>\n`;
}

function bar(share: number, place: number): Html {
  return html`<svg class="bar run-${place % 2}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="whole" width="100" height="6"/><rect class="share" width="${(share * 100).toFixed(1)}" height="6"/></svg>`;
}
