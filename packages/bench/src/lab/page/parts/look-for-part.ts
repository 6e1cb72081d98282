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
      : html`<section id="look-for" aria-labelledby="look-for-title">
<h2 id="look-for-title">What to look for</h2>
<ol>${entries.map(
          ({ run, atNs, says }, place) =>
            html`<li><button type="button" data-look="${place}">${runLetter(run)} at ${momentText(atNs)}</button> ${says}</li>\n`,
        )}</ol>
</section>`
  }
${
  remarks.length === 0
    ? undefined
    : html`<section aria-labelledby="remarks-title">
<h2 id="remarks-title">What stands out</h2>
${listed(remarks.map(({ run, says }) => html`<li><b>${runLetter(run)}</b> ${says}</li>\n`))}
</section>`
}`;
}

/** More than a few scroll by themselves, so that what comes below is not lost. */
function listed(items: readonly Html[]): Html {
  const list = html`<ul>${items}</ul>`;
  if (items.length <= 8) return list;
  return html`<div class="scrolls remarks" tabindex="0" role="region" aria-label="What stands out">${list}</div>`;
}
