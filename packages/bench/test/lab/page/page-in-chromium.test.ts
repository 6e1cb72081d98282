import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/lab/page/page.js';
import { Chromium, noChromium, type Opened } from './chromium.js';
import { countedRun, fixture, manySlices } from './fixture.js';

const skipped = noChromium === undefined ? '' : ` (skipped: ${noChromium})`;
/** A busy machine takes its time. */
const LIMIT = { timeout: 60_000 };
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });

/** What the focused element is called here, and how it shows that. */
const FOCUSED = `(() => {
  const { activeElement: element } = document;
  const { dataset: { do: does, look, glyph }, name, id } = element;
  return [element.getAttribute('aria-label') ?? (id || does || look || glyph || name || element.tagName), getComputedStyle(element).outlineStyle];
})()`;

const EVIL = '</script><img src=x onerror="document.title=1">';

describe.skipIf(noChromium !== undefined)(
  `a page in Chromium, from the disk and without a network${skipped}`,
  LIMIT,
  () => {
    let chromium: Chromium;
    let opened: Opened;
    let page: Page;

    beforeAll(async () => {
      chromium = await Chromium.start();
      opened = await chromium.open(pageOf(fixture()));
      page = opened.page;
    }, 60_000);
    afterAll(() => chromium.close());
    beforeEach(async () => {
      // An address with another hash alone would be the same page still.
      await page.goto('about:blank');
      await page.goto(opened.address);
      await page.locator('html.live').waitFor();
    });

    const answers = () => page.getByRole('button', { name: 'Show without answering' }).press('Enter');
    const announced = () => eventually(() => page.locator('#announce').textContent());
    const hash = () => eventually(() => new URL(page.url()).hash);
    const shown = () => eventually(() => page.getByRole('slider').getAttribute('aria-valuetext'));

    it('asks for nothing, and complains of nothing', () => {
      expect(opened.asked).toEqual([]);
      expect(opened.said).toEqual([]);
    });

    it('has every row of every run, found with the arrow keys', async () => {
      for (const [run, names] of [
        ['A · tasks', ['CPU 0', 'CPU 1', 'main', 'hog', 't2', 't3', 't4', 'ready tasks']],
        ['B · threads', ['CPU 0', 'CPU 1', 'runnable threads', 'main', 'hog', 't2', 't3', 't4']],
      ] as const) {
        await page.getByRole('application', { name: run }).focus();
        for (const name of names) {
          await page.keyboard.press('ArrowDown');
          await announced().toMatch(new RegExp(`^${name}\\b`));
        }
      }
    });

    it('zooms, moves, fits and undoes by keys', async () => {
      await shown().toBe('0 to 64 ms');
      await page.keyboard.press('w');
      await shown().toBe('16 ms to 48 ms');
      await page.keyboard.press('d');
      await shown().toBe('24 ms to 56 ms');
      await page.keyboard.press('a');
      await page.keyboard.press('a');
      await shown().toBe('8 ms to 40 ms');
      await page.keyboard.press('w');
      await page.keyboard.press('s');
      await page.keyboard.press('f');
      await shown().toBe('0 to 64 ms');
      await page.keyboard.press('z');
      await shown().toBe('8 ms to 40 ms');
    });

    it('shows the start-up of threads only where it is asked to', async () => {
      await page.getByLabel('include start-up').check();
      await shown().toBe('−40 ms to 64 ms');
      await page.getByLabel('include start-up').uncheck();
      await shown().toBe('0 to 64 ms');
    });

    it('puts runs together by their ends, or by the first poll of the selected task', async () => {
      await page.getByLabel('Align on').selectOption('the end');
      await shown().toBe('0 to 64 ms');
      await page.keyboard.press('?');
      await page.keyboard.press('Escape');
      await page.getByRole('application', { name: 'B · threads' }).focus();
      await page.keyboard.press('ArrowDown');
      await hash().toContain('align=end');
    });

    it('says who, since when, for how long, why it ended and who had the CPU meanwhile', async () => {
      await page.getByLabel('Search').fill('t2');
      await eventually(() => page.locator('#search-status').textContent()).toContain('2 found');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await announced().toBe(
        't2 wanted a CPU and had none for 3.00 ms, from 0 to 3 ms. Woken by main. Meanwhile CPU 0 ran hog (3.00 ms). Meanwhile CPU 1 ran t3 (3.00 ms).',
      );
      await page.getByRole('application', { name: 'B · threads' }).focus();
      await page.keyboard.press(']');
      await announced().toBe(
        't2 was on CPU 0 for 3.00 ms, from 3 ms to 6 ms. Preempted: it wanted to go on, and the kernel gave the CPU to hog.',
      );
      await page.keyboard.press('[');
      await announced().toContain('from 0 to 3 ms');
    });

    it('says of a poll whose thread had no CPU that the user-space scheduler cannot see it', async () => {
      await answers();
      await page.keyboard.press('n');
      await expect
        .poll(() => page.locator('#selected').textContent())
        .toContain('For 7.00 ms of that its thread had no CPU: the user-space scheduler cannot see this');
      await expect
        .poll(() => page.locator('#at-cursor').textContent())
        .toContain('hog is polled for 11.8 ms so far, but its thread has no CPU');
      await announced().toContain('The hog is polled, but its thread has no CPU.');
    });

    it('goes through what to look for with N, and marks where it is', async () => {
      await answers();
      for (const place of [0, 1, 2, 0]) {
        await page.keyboard.press('n');
        await expect
          .poll(() => page.locator('[data-look][aria-current=true]').getAttribute('data-look'))
          .toBe(`${place}`);
      }
    });

    it('selects with a click, zooms with a drag, and sets two markers with shift', async () => {
      const box = (await page.getByRole('application', { name: 'A · tasks' }).boundingBox())!;
      await page.mouse.click(box.x + 300, box.y + 80);
      await hash().toMatch(/row=0,\d+,\d+/);
      await page.mouse.move(box.x + 300, box.y + 80);
      await page.mouse.down();
      await page.mouse.move(box.x + 500, box.y + 90, { steps: 4 });
      await page.mouse.up();
      await shown().not.toBe('0 to 64 ms');
      await page.keyboard.down('Shift');
      await page.mouse.click(box.x + 300, box.y + 60);
      await page.mouse.click(box.x + 500, box.y + 60);
      await page.keyboard.up('Shift');
      await hash().toMatch(/markers=\d+,\d+/);
      await page.keyboard.press('Escape');
      await hash().not.toContain('markers');
    });

    it('keeps view and selection in its address, and takes them from there', async () => {
      const link = '#from=16000000&to=32000000&row=1,5,7000000&markers=17000000,20000000';
      const { page: other, said } = await chromium.open(pageOf(fixture()), { hash: link });
      const text = () => other.getByRole('slider').getAttribute('aria-valuetext');
      await eventually(text).toBe('16 ms to 32 ms');
      await eventually(() => other.locator('#selected').textContent()).toContain('t2 4713 in B · threads');
      await other.getByRole('application', { name: 'B · threads' }).focus();
      await other.keyboard.press('f');
      await eventually(() => new URL(other.url()).hash).toContain('from=0&to=64000000&row=1,5,7000000');
      expect(said).toEqual([]);
    });

    it.each([
      '#from=x&to=y',
      '#row=99,99,99',
      '#from=9e99&to=-9e99&row=1,2',
      '#from=1&to=2&markers=NaN,Infinity',
    ])('is not disturbed by the address %s', async (link) => {
      await page.goto(new URL(link, page.url()).href);
      await shown().toMatch(/ to /);
      expect(opened.said).toEqual([]);
    });

    it('asks first and tells why afterwards, and forgets the answers with the page', async () => {
      const why = page.getByText('A task is interrupted by nobody');
      expect(await why.isVisible()).toBe(false);
      const lock = page.getByRole('button', { name: 'Lock my answers' });
      await lock.click();
      await expect
        .poll(() => page.locator('#predict-status').textContent())
        .toContain('Answer all of them first');
      await page.getByLabel('the others').check();
      await page.getByRole('spinbutton').fill('18');
      await lock.click();
      await expect
        .poll(() => page.locator('#predict-status').textContent())
        .toContain('1 of 2 surprised you');
      await eventually(() => why.isVisible()).toBe(true);
      expect(await page.getByText('✗ Otherwise than you said.').isVisible()).toBe(true);
      expect(await page.getByText('✓ As you said.').isVisible()).toBe(true);
      expect(page.url()).not.toContain('18');
      await page.reload();
      await eventually(() => why.isVisible()).toBe(false);
    });

    it('shows nothing that answers a question before it is answered, but the lanes', async () => {
      const spoilers = page.locator('.spoils, .verdict');
      expect(await spoilers.count()).toBeGreaterThan(8);
      expect(await page.locator('#in-short.spoils').textContent()).toBe('Nobody interrupts the hog.');
      const seen = () => spoilers.filter({ visible: true }).count();
      expect(await seen()).toBe(0);
      expect(await page.getByRole('application', { name: 'A · tasks' }).isVisible()).toBe(true);
      await page.keyboard.press('n');
      await eventually(() => page.locator('#predict-status').textContent()).toContain(
        'Lock your answers first',
      );
      expect(await page.locator('[data-look][aria-current=true]').count()).toBe(0);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await eventually(seen).toBe(await spoilers.count());
      await eventually(() => page.locator('.waits').isVisible()).toBe(false);
    });

    it('is reached by Tab in every part, and shows where the focus is', async () => {
      const visited = new Set<string>();
      for (let step = 0; step < 80; step++) {
        await page.keyboard.press('Tab');
        const [name, outline] = (await page.evaluate(FOCUSED)) as [string, string];
        if (name === 'BODY') break;
        visited.add(name);
        if (name === 'show') await page.keyboard.press('Enter');
        expect(outline).not.toBe('none');
      }
      for (const control of [
        ...['question-0', 'lock', 'show', 'in', 'fit', 'undo', 'next', 'align', 'start-up', 'search', 'keys'],
        ...['Stretch shown', '0', '1', '2', 'preempt', 'wake', 'A · tasks, row by row'],
        'A · tasks: up and down select a row, brackets an event',
      ]) {
        expect([...visited]).toContain(control);
      }
    });

    it('lists its keys on ?, and closes the list with Escape', async () => {
      await page.keyboard.press('?');
      await eventually(() => page.getByRole('dialog').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await eventually(() => page.getByRole('dialog').isVisible()).toBe(false);
    });

    it('has no horizontal scroll bar at 1280 points', async () => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    });

    it('draws counted bands, and says that they are counted', async () => {
      const input = fixture();
      const { page: other, said } = await chromium.open(
        pageOf({ ...input, runs: [input.runs[0]!, countedRun(['w1', 'w2', 'w3', 'w4'])] }),
      );
      await other.getByRole('application', { name: 'B · counted' }).focus();
      await other.keyboard.press('ArrowDown');
      await other.keyboard.press('ArrowDown');
      await eventually(() => other.locator('#announce').textContent()).toContain('Counted: ');
      expect(said).toEqual([]);
    });

    it('shows a name as it is written, and runs nothing of it', async () => {
      const {
        page: other,
        said,
        asked,
      } = await chromium.open(pageOf(fixture([EVIL, 'red \u001b[31m', 't3', 't4'])));
      await other.getByLabel('Search').fill('onerror');
      await other.keyboard.press('Enter');
      await eventually(() => other.locator('#selected').textContent()).toContain(EVIL);
      expect(await other.locator('img').count()).toBe(0);
      expect(await other.title()).toBe('Four jobs, two schedulers');
      await other.getByLabel('Search').fill('red');
      await other.keyboard.press('Enter');
      await eventually(() => other.locator('#selected').textContent()).toContain('red \\u{1b}[31m');
      expect([...said, ...asked]).toEqual([]);
    });

    it('shows still pictures, tables and reasons where no script runs', async () => {
      const { page: other, asked } = await chromium.open(pageOf(fixture()), {
        script: false,
        scheme: 'dark',
      });
      expect(await other.getByRole('img', { name: 'A · tasks, the whole run' }).isVisible()).toBe(true);
      expect(await other.getByText('A task is interrupted by nobody').isVisible()).toBe(true);
      expect(await other.getByLabel('View').isVisible()).toBe(false);
      const live = other.locator('input, select, button:enabled, [contenteditable]');
      expect(await live.filter({ visible: true }).count()).toBe(0);
      const spoilers = other.locator('.spoils, .verdict');
      expect(await spoilers.filter({ visible: true }).count()).toBe(await spoilers.count());
      expect(asked).toEqual([]);
    });

    it('opens 200,000 intervals', async () => {
      const { page: other, said } = await chromium.open(
        pageOf({ ...fixture(), runs: [manySlices(200_000)] }),
      );
      await other.getByRole('application').focus();
      await other.keyboard.press('ArrowDown');
      await eventually(() => other.locator('#announce').textContent()).toContain('CPU 0');
      expect(said).toEqual([]);
    });
  },
);
