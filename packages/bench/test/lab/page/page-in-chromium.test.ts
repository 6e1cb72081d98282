import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/lab/page/page.js';
import { Chromium, noChromium, type Opened } from './chromium.js';
import { countedRun, fixture } from './fixture.js';

const skipped = noChromium === undefined ? '' : ` (skipped: ${noChromium})`;

describe.skipIf(noChromium !== undefined)(
  `a page in Chromium, from the disk and without a network${skipped}`,
  () => {
    let chromium: Chromium;
    let opened: Opened;

    beforeAll(async () => {
      chromium = await Chromium.start();
      opened = await chromium.open(pageOf(fixture()));
    }, 60_000);
    afterAll(() => chromium.close());

    it('asks for nothing, and complains of nothing', async () => {
      expect(opened.asked).toEqual([]);
      expect(opened.said).toEqual([]);
    });

    it('has every row of every run, found with the arrow keys', async () => {
      const { page } = opened;
      const announce = page.locator('#announce');
      for (const [run, names] of [
        ['A · tasks', ['CPU 0', 'CPU 1', 'main', 'hog', 't2', 't3', 't4', 'ready tasks']],
        ['B · threads', ['CPU 0', 'CPU 1', 'main', 'hog', 't2', 't3', 't4', 'runnable threads']],
      ] as const) {
        await page.getByRole('application', { name: run }).focus();
        for (const name of names) {
          await page.keyboard.press('ArrowDown');
          await expect.poll(() => announce.textContent()).toMatch(new RegExp(`^${name}\\b`));
        }
      }
      expect(opened.said).toEqual([]);
    });

    it('draws counted bands, and says that they are counted', async () => {
      const input = fixture();
      const { page, said } = await chromium.open(
        pageOf({ ...input, runs: [input.runs[0]!, countedRun(['w1', 'w2', 'w3', 'w4'])] }),
      );
      await page.getByRole('application', { name: 'B · counted' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => page.locator('#announce').textContent()).toContain('Counted: ');
      expect(said).toEqual([]);
    });
  },
);
