import { type Html, html } from '../html.js';
import type { Lesson } from '../lesson.js';
import type { PageRun } from '../page-input.js';
import { runLetter } from '../run-letter.js';
import { momentText } from '../time-text.js';

/** What to look for, each with its place, and what the recordings themselves remark. */
export function lookForPart(lesson: Lesson | undefined, runs: readonly PageRun[]): Html {
  const entries = lesson?.lookFor ?? [];
  const remarks = runs.flatMap(({ warnings = [] }, run) => warnings.map((says) => ({ run, says })));
  return html`${
    entries.length === 0
      ? undefined
      : html`<section id="look-for" class="spoils" aria-labelledby="look-for-title">
<h2 id="look-for-title">What to look for</h2>
<ol>${entries.map(
          ({ run, atNs, says }, place) =>
            html`<li><button type="button" disabled data-look="${place}">${runLetter(run)} at ${momentText(atNs)}</button> ${says}</li>\n`,
        )}</ol>
</section>`
  }
${
  remarks.length === 0
    ? undefined
    : html`<section class="spoils" aria-labelledby="remarks-title">
<h2 id="remarks-title">What stands out</h2>
<ul>${remarks.map(({ run, says }) => html`<li><b>${runLetter(run)}</b> ${says}</li>\n`)}</ul>
</section>`
}`;
}
