/**
 * Prints how long the page takes to draw a frame of 200,000 intervals, and how large it is. No test asks for it: a
 * duration depends on the machine, and on who else uses it.
 *
 *     npx tsx packages/bench/test/lab/page/frame-times.ts
 */
import { pageOf } from '../../../src/lab/page/page.js';
import { Chromium, noChromium } from './chromium.js';
import { fixture, manySlices } from './fixture.js';

const COUNT = 200_000;

/** Runs in the page: presses keys one by one, and times what the page does in its frames. */
const TIMED = `(async () => {
  const real = requestAnimationFrame;
  let times = [];
  window.requestAnimationFrame = (frame) => real((at) => {
    const begun = performance.now();
    frame(at);
    times.push(performance.now() - begun);
  });
  const drawn = () => new Promise((go) => real(() => real(go)));
  const found = [];
  for (const [what, keys] of [
    ['all of it, zoomed a little in and out', 'ws'.repeat(20)],
    ['zooming in', 'w'.repeat(12)],
    ['moving, zoomed in', 'ad'.repeat(20)],
    ['zooming out', 's'.repeat(12)],
  ]) {
    times = [];
    for (const key of keys) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await drawn();
    }
    times.sort((a, b) => a - b);
    found.push([what, times.length, times[times.length >> 1], times.at(-1)]);
  }
  return found;
})()`;

if (noChromium !== undefined) throw new Error(noChromium);
const html = pageOf({ ...fixture(), runs: [manySlices(COUNT)] });
console.log(`${COUNT} intervals: ${Buffer.byteLength(html)} bytes`);
const chromium = await Chromium.start();
const { page } = await chromium.open(html);
for (const [what, frames, median, most] of (await page.evaluate(TIMED)) as [
  string,
  number,
  number,
  number,
][]) {
  console.log(`${what}: ${frames} frames, median ${median.toFixed(1)} ms, at most ${most.toFixed(1)} ms`);
}
await chromium.close();
