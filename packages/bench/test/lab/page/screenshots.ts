/**
 * Takes the pictures in docs/pictures again, one of the top of each page that docs/tracing.md shows, answers given:
 * nobody is asked anything in a picture. No test asks for it.
 *
 *     npx tsx packages/bench/test/lab/page/screenshots.ts [folder] [light|dark] [whole]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTrace, pictureOf } from '@heddle/runtime/trace';
import { pageOf } from '../../../src/lab/page/page.js';
import { pageInput } from '../../../src/lab/page-input-of.js';
import { programNamed } from '../../../src/lab/programs/list.js';
import { Chromium, noChromium } from './chromium.js';

const RECORDINGS = fileURLToPath(new URL('../../../recordings/', import.meta.url));
const PICTURES = fileURLToPath(new URL('../../../../../docs/pictures/', import.meta.url));
const SHOWN = ['hog', 'four-jobs', 'stacked', 'blocked'];

if (noChromium !== undefined) throw new Error(noChromium);
const [folder = PICTURES, scheme = 'light', part] = process.argv.slice(2);
if (scheme !== 'light' && scheme !== 'dark') throw new Error(`light or dark, not ${scheme}`);

const chromium = await Chromium.start();
try {
  for (const name of SHOWN) {
    const trace = parseTrace(readFileSync(join(RECORDINGS, `${name}.jsonl`), 'utf8'));
    const html = pageOf(pageInput(trace, trace.runs.map(pictureOf), programNamed(trace.program)));
    const { page, said } = await chromium.open(html, { scheme });
    if (said.length > 0) throw new Error(`the page of ${name} said: ${said.join('; ')}`);
    const show = page.locator('#show');
    if ((await show.count()) > 0) await show.click();
    const path = join(folder, `lab-${name}.png`);
    await page.screenshot({ path, fullPage: part === 'whole' });
    console.log(path);
  }
} finally {
  await chromium.close();
}
