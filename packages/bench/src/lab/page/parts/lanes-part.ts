import { type Html, html } from '../html.js';
import type { PageInput, PageRun } from '../page-input.js';
import { rowsOf } from '../rows.js';
import { runLetter } from '../run-letter.js';
import { countOf, lengthText } from '../time-text.js';
import { totalsOf } from '../totals.js';
import { firstView, PATTERNS } from './first-view.js';
import { shortLegend } from './legend-part.js';

/** The lanes of all runs on one axis, and what steers them. Without a script they are a still picture. */
export function lanesPart({ runs, inShort }: PageInput): Html {
  const endNs = Math.max(1, ...runs.map(({ picture }) => picture.endNs));
  return html`<section id="lanes" aria-labelledby="lanes-title">
<h2 id="lanes-title" class="for-readers">Lanes</h2>
${inShort === undefined ? undefined : html`<p id="in-short" class="spoils"><b>${inShort}</b></p>`}
${PATTERNS}
${shortLegend()}
${toolbar(runs)}
<div id="axis" class="axis moving"><canvas aria-hidden="true"></canvas></div>
${runs.map((run, place) => runOf(run, place, endNs))}
<canvas id="minimap" class="minimap moving" tabindex="0" role="slider" aria-label="Stretch shown" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0"></canvas>
<div id="at-cursor" class="panel at-cursor moving"><h3>At the cursor</h3><div id="at-cursor-lines"><p>Move over the lanes, or select a row with the arrow keys.</p></div></div>
<div id="announce" class="for-readers" role="status" aria-live="polite"></div>
<div id="selected" class="panel moving" hidden><h3>Selected</h3><div id="selected-lines"></div></div>
<div id="tip" class="tip moving" role="tooltip" hidden></div>
</section>`;
}

function toolbar(runs: readonly PageRun[]): Html {
  return html`<div id="toolbar" class="toolbar moving" role="toolbar" aria-label="View">
<span class="together">
<button type="button" data-do="in" title="Zoom in (W)">Zoom in</button>
<button type="button" data-do="out" title="Zoom out (S)">out</button>
<button type="button" data-do="left" title="Move left (A)" aria-label="Move left">◂</button>
<button type="button" data-do="right" title="Move right (D)" aria-label="Move right">▸</button>
<button type="button" data-do="fit" title="Fit all in (F)">Fit</button>
<button type="button" data-do="undo" title="Undo the last zoom (Z)">Undo</button>
</span>
<span class="together">
<button type="button" data-do="previous" title="Previous event of the selected row ([)">‹ event</button>
<button type="button" data-do="next" title="Next event of the selected row (])">event ›</button>
</span>
<label>Align on <select id="align"><option value="start">the start</option><option value="end">the end</option><option value="selected">the first turn of what is selected</option></select></label>
<label><input type="checkbox" id="start-up"> include start-up</label>
${runs.length < 2 ? undefined : runs.map(({ picture }, place) => html`<label><input type="checkbox" checked data-show="${place}"> ${runLetter(place)} · ${picture.label}</label>`)}
<label>Search <input type="search" id="search" size="12" autocomplete="off" spellcheck="false"></label> <span id="search-status" role="status"></span>
<button type="button" data-do="keys" title="Keys (?)">Keys ?</button>
</div>`;
}

function runOf(run: PageRun, place: number, endNs: number): Html {
  const { picture, describe } = run;
  const title = `${runLetter(place)} · ${picture.label}`;
  return html`<section class="run" data-run="${place}" aria-label="${title}">
<h3><span>${title}${describe === undefined ? undefined : html` <small>${describe}</small>`}</span><span class="facts">${factsOf(run)}</span></h3>
${rowsOf(picture).length === 0 ? html`<p class="failed">Nothing of this run was recorded: it ended before the first event, or all of them were lost. Record it again, with fewer events or a larger ring.</p>` : undefined}
<div class="stage moving" tabindex="0" role="application" aria-roledescription="timeline" aria-label="${`${title}: up and down select a row, brackets an event`}" aria-describedby="announce"><canvas class="slices"></canvas><canvas class="overlay"></canvas></div>
${firstView(run, endNs, title)}
</section>`;
}

/** How long it took and how it was seen; how often anything happened is for who has made a guess. */
function factsOf(run: PageRun): Html {
  const { lengthNs, migrations, preemptions, polls } = totalsOf(run);
  const counts = [
    countOf(polls, 'poll'),
    preemptions === undefined ? 'preemptions not seen' : countOf(preemptions, 'preemption'),
    ...(migrations === undefined ? [] : [countOf(migrations, 'migration')]),
  ];
  return html`${lengthText(lengthNs)}<span class="spoils"> · ${counts.join(' · ')}</span> · ${LEVELS[run.run.level]}`;
}

const LEVELS = { exact: 'recorded exactly', counted: 'counted', process: 'kernel not seen' } as const;
