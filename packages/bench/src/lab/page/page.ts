import { gzipSync } from 'node:zlib';
import { built, hashOf } from './built.js';
import { Html, html } from './html.js';
import type { PageInput } from './page-input.js';
import { aboutPart } from './parts/about-part.js';
import { keysDialog } from './parts/keys-dialog.js';
import { lanesPart } from './parts/lanes-part.js';
import { legendPart } from './parts/legend-part.js';
import { lookForPart } from './parts/look-for-part.js';
import { numbersPart } from './parts/numbers-part.js';
import { predictPart, whyPart } from './parts/predict-part.js';
import { rowsTable } from './parts/rows-table.js';
import { encodeLookFor, encodeRun } from './wire/encode.js';
import type { PageData } from './wire/page-data.js';

/**
 * Makes one HTML file of the recordings of a program. It needs nothing but a browser: no network, no other file.
 *
 * Its policy allows one script and one style, by their hashes, and nothing else; the data lies in it as compressed
 * text. So there is no way for a task's name to run, and none for the page to call anybody.
 */
export function pageOf(input: PageInput): string {
  const { script, style } = built();
  return `<!doctype html>\n${whole(input, script, style).markup}\n`;
}

function whole(input: PageInput, script: string, style: string): Html {
  const { title, about, runs, lesson } = input;
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#lanes">Skip to the lanes</a>
<header><h1>${title}</h1>${about === undefined ? undefined : html`<p>${about}</p>`}</header>
<main>
${predictPart(lesson)}
${lanesPart(input)}
${lookForPart(lesson, runs)}
${numbersPart(runs)}
${whyPart(lesson)}
${legendPart()}
${rowsTable(runs)}
${aboutPart(input)}
</main>
${keysDialog()}
<script type="application/json" id="data">${new Html(JSON.stringify(packed(input)))}</script>
<script>${new Html(script)}</script>
</body>
</html>`;
}

/** Base64 has no `<`, so nothing in the data can end the element that holds it. */
function packed({ runs, lesson }: PageInput): string {
  const data: PageData = {
    runs: runs.map(({ run, picture }) => encodeRun(run, picture)),
    lookFor: encodeLookFor(
      lesson?.lookFor ?? [],
      runs.map(({ picture }) => picture),
    ),
  };
  return gzipSync(JSON.stringify(data), { level: 9 }).toString('base64');
}
