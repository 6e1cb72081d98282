import type { TraceRun } from '@heddle/runtime/trace';
import { countText } from '../../../explain/number-text.js';
import { type Html, html } from '../html.js';
import type { PageInput } from '../page-input.js';
import { runLetter } from '../run-letter.js';
import { lengthText } from '../time-text.js';

/** Under what circumstances it was recorded, and what is missing: how far it can be trusted. */
export function aboutPart({ trace, runs }: PageInput): Html {
  return html`<section id="about" aria-labelledby="about-title">
<h2 id="about-title">About this recording</h2>
<p>Program <code>${trace.program}</code>, Node ${trace.node}, ${trace.platform}, kernel ${trace.kernel}. Times are from the moment at which all threads had started and the work began, on one clock for tasks and kernel. Recording costs time, so these lengths are not measurements: <code>pnpm bench</code> measures, without recording.</p>
<ul>${runs.map(({ run }, place) => html`<li><b>${runLetter(place)} · ${run.label}:</b> ${sentencesOf(run)}</li>\n`)}</ul>
<p>Nothing in this file names a person, a machine or a program of others, and it asks nobody for anything: it works with the network off. What you answer stays in this page. For Perfetto, drag the trace file that lies beside this page onto its window; it stays on your computer too.</p>
</section>`;
}

function sentencesOf(run: TraceRun): string {
  return [levelOf(run), lossOf(run), othersOf(run), usageOf(run)].filter((part) => part !== '').join(' ');
}

function levelOf({ level, levelBecause, cpus }: TraceRun): string {
  const machine = `It might use ${cpus === 1 ? '1 CPU' : `${cpus} CPUs`}.`;
  const because =
    levelBecause === undefined
      ? ''
      : ` Not more exactly: ${levelBecause}${levelBecause.endsWith('.') ? '' : '.'}`;
  switch (level) {
    case 'exact':
      return `${machine} Recorded exactly: the kernel told each switch, wake-up and migration.`;
    case 'counted':
      return `${machine} Counted: how much of each stretch a thread ran, wanted a CPU or slept is known, and not when. It is drawn as bands.${because}`;
    case 'process':
      return `${machine} Your system did not let us look at single threads: what the kernel did is missing.${because}`;
  }
}

function lossOf({ lost }: TraceRun): string {
  const parts = [
    lost.events > 0 ? `${countText(lost.events)} of our events were lost` : '',
    lost.threads > 0 ? `${countText(lost.threads)} threads found no room to record` : '',
    lost.kernel > 0 ? `${countText(lost.kernel)} of the kernel's events were lost` : '',
    (lost.texts ?? 0) > 0 ? `${countText(lost.texts ?? 0)} names found no room` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'No event was lost.' : `Incomplete: ${parts.join(', ')}.`;
}

function othersOf({ othersUsed }: TraceRun): string {
  return othersUsed === undefined
    ? ''
    : `Other programs used ${Math.round(othersUsed * 100)} % of the machine meanwhile.`;
}

function usageOf({ usage }: TraceRun): string {
  if (usage === undefined) return '';
  return `The whole process used ${lengthText(usage.cpuNs)} of CPU, gave up a CPU ${countText(usage.voluntary)} times by itself and lost one ${countText(usage.involuntary)} times.`;
}
