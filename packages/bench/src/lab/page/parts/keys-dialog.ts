import { type Html, html } from '../html.js';

const KEYS: readonly (readonly [string, string])[] = [
  ['W S', 'zoom in, zoom out'],
  ['A D', 'move left, move right'],
  ['F', 'fit all in'],
  ['Z', 'undo the last zoom'],
  ['[ ]', 'previous, next event of the selected row'],
  ['↑ ↓', 'select the row above, below'],
  ['N', 'next thing to look for'],
  ['M', 'set a marker at the selected event, or at the cursor; a second one shows the difference'],
  ['/', 'search for a name'],
  ['Esc', 'let go of the selection and the markers'],
  ['?', 'this list'],
];

const MOUSE: readonly (readonly [string, string])[] = [
  ['click', 'select a row and the interval there'],
  ['drag', 'zoom to that stretch'],
  ['shift-click', 'set a marker'],
  ['Ctrl and wheel', 'zoom where the pointer is'],
];

/** What the keys do. */
export function keysDialog(): Html {
  return html`<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">Keys and pointer</h2>
<dl>${[...KEYS, ...MOUSE].map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>\n`)}</dl>
<p>The address of this page remembers what you see: copy it to show somebody else the same.</p>
<form method="dialog"><button>Close</button></form>
</dialog>`;
}
