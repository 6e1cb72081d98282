import { GLYPH_NAMES, GLYPHS } from '../glyphs.js';
import { Html, html } from '../html.js';

/** Every look and every sign that the lanes use, in words. The signs can be switched off one by one. */
export function legendPart(): Html {
  return html`<section id="legend" aria-labelledby="legend-title">
<h2 id="legend-title">Legend</h2>
<ul class="legend">${LOOKS.map(
    ({ swatch, title, means }) => html`<li>${swatchOf(swatch)} <span><b>${title}</b> ${means}</span></li>\n`,
  )}</ul>
<fieldset class="legend"><legend>Signs shown</legend>${GLYPH_NAMES.map((name) => {
    const { title, means, path } = GLYPHS[name];
    return html`<label><input type="checkbox" checked data-glyph="${name}"><svg class="glyph" viewBox="0 0 10 10" width="14" height="14" aria-hidden="true"><path d="${path}"/></svg> <span><b>${title}</b> ${means}</span></label>\n`;
  })}</fieldset>
</section>`;
}

/** The looks alone, where they are needed first; what they mean exactly is said below the lanes. */
export function shortLegend(): Html {
  return html`<ul class="short-legend" aria-label="Looks">${LOOKS.flatMap(({ swatch, title, short }) =>
    short === undefined
      ? []
      : [
          html`<li>${swatchOf(swatch)} <b>${title}:</b> ${short}</li>
`,
        ],
  )}</ul>`;
}

function swatchOf(swatch: string): Html {
  return html`<svg class="swatch hue-0" viewBox="0 0 36 14" width="36" height="14" aria-hidden="true">${new Html(swatch)}</svg>`;
}

interface Look {
  readonly swatch: string;
  readonly title: string;
  readonly short?: string;
  readonly means: string;
}

const LOOKS: readonly Look[] = [
  {
    swatch: '<path class="has" d="M0 7h36"/>',
    title: 'has it',
    short: 'on a CPU; polled',
    means:
      'a thread on a CPU; a task that is polled. One colour for each thread, on its CPU, its row and its tasks.',
  },
  {
    swatch: '<path class="wants" d="M0 7h36"/><path class="hatch" d="M0 7h36"/>',
    title: 'wants it',
    short: 'runnable; ready',
    means: 'a thread that could run and has no CPU; a task that is ready and not polled.',
  },
  {
    swatch: '<path class="rests" d="M0 7h36"/>',
    title: 'wants nothing',
    short: 'asleep; waiting',
    means: 'a thread asleep; a task that waits for a time, a message or another task.',
  },
  {
    swatch: '<path class="has" d="M0 7h36"/><path class="hole" d="M10 7h16"/>',
    title: 'polled without a CPU',
    short: 'only the kernel knows',
    means:
      'the task is polled, but the kernel gave its thread no CPU. The user-space scheduler cannot see this; only the thread’s row can.',
  },
  {
    swatch: '<path class="other" d="M0 7h36"/>',
    title: 'another program',
    short: 'has the CPU',
    means: 'had the CPU, after one of our threads. Blank: nobody of ours, and as far as is known nobody.',
  },
  {
    swatch: '<path class="band" d="M0 12h36"/><path class="band-edge" d="M0 9h36"/>',
    title: 'counted band',
    means:
      'how much of a stretch the thread ran (below, full), wanted a CPU (above, hatched) and slept (blank): counted, and not known when.',
  },
  {
    swatch: '<path class="rests" d="M0 7h36"/><path class="strip" d="M4 12.5h22"/>',
    title: 'several in one pixel',
    means: 'too short to be drawn one by one here. Zoom in (W) to see them.',
  },
  {
    swatch: '<path class="counter" d="M0 14v-4h9v-5h9v3h9v-6h9v12z"/>',
    title: 'counter',
    means: 'how many tasks are ready, or how many threads want a CPU, at each moment.',
  },
  {
    swatch: '<path class="has" d="M0 7h36"/><path class="stroke" d="M6 1v5M11 1v5M15 1v5M26 1v5"/>',
    title: 'short strokes',
    means: 'preemptions, migrations and blocks that have no room for their signs here.',
  },
  {
    swatch:
      '<path class="rests" d="M0 2h36M0 12h36"/><path class="stroke" d="M18 2v7"/><path class="arrow-head" d="M18 13l-4-5h8z"/>',
    title: 'arrow',
    means: 'who woke whom: from and to the row that is selected.',
  },
  {
    swatch: '<circle class="disc" cx="18" cy="7" r="7"/><text class="disc-number" x="15.5" y="10.5">1</text>',
    title: 'number',
    means: 'where something to look for is; the list below the lanes says what.',
  },
  {
    swatch: '<path class="dashed" d="M9 0v14"/><path class="dotted" d="M27 0v14"/>',
    title: 'dashed and dotted lines',
    means:
      'dashed: the end of a run, and its start barrier where the start-up is shown. Dotted: a moment that the program named.',
  },
];
