import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/lab/page/page.js';
import type { PageData } from '../../../src/lab/page/wire/page-data.js';
import { fixture, manySlices } from './fixture.js';

const EVIL = '</script><img src=x onerror="document.title=1">';
const ESCAPES = 'red \u001b[31m\u001b]0;title\u0007 and \u202ebackwards';

describe('a page', () => {
  it('has one script, one style, and a policy that allows these two by their hashes and nothing else', () => {
    const page = pageOf(fixture());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(page)?.[1]
      ?.replaceAll('&#39;', "'");
    const [script] = textsOf(page, /<script>([\s\S]*?)<\/script>/g);
    const [style] = textsOf(page, /<style>([\s\S]*?)<\/style>/g);
    expect(policy).toBe(
      `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(textsOf(page, /<script[\s>]/g)).toHaveLength(2);
    expect(textsOf(page, /<style[\s>]/g)).toHaveLength(1);
  });

  it('asks for nothing, and has no markup that could run or load', () => {
    const markup = withoutScript(pageOf(fixture()));
    expect(markup).not.toMatch(
      /\s(src|on\w+|style|srcdoc|xlink:href)=|<(iframe|img|object|embed|link|base)[\s>]/i,
    );
    expect([...markup.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['#lanes']);
  });

  it('says what to try, and what for, in one sentence', () => {
    expect(pageOf(fixture())).toContain(
      '<b>Try this:</b> <code>pnpm lab hog --cpus 1</code> to see the kernel share one CPU among all.</p>',
    );
  });

  it('has its parts in order, with nothing collapsed', () => {
    const page = pageOf(fixture());
    const titles = [...page.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Predict',
      'Lanes',
      'What to look for',
      'What stands out',
      'Numbers',
      'Why',
      'Legend',
      'The lanes in words',
      'About this recording',
      'Keys and pointer',
    ]);
    expect(page).not.toContain('<details');
  });

  it('names every row of each run in words, and in the still picture', () => {
    const page = pageOf(fixture());
    for (const row of [
      'CPU 0',
      'CPU 1',
      'main',
      'hog',
      't2',
      't3',
      't4',
      'ready tasks',
      'runnable threads',
    ]) {
      expect(page).toContain(`<th scope="row">${row}</th>`);
      expect(page).toMatch(new RegExp(`<text class="name"[^>]*>${row}</text>`));
    }
  });

  it('takes a name for text, whatever it contains', () => {
    const page = pageOf(fixture([EVIL, ESCAPES, 't3', 't4']));
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(page).toContain('&#60;/script&#62;&#60;img src=x');
    expect(page).toContain('red \\u{1b}[31m');
    expect(dataOf(page).runs[0]?.rows.map(({ name }) => name)).toContain(EVIL);
  });

  it('keeps where somebody keeps a program to itself', () => {
    const page = pageOf(fixture());
    expect(page).not.toContain('ada-lovelace');
    expect(JSON.stringify(dataOf(page))).not.toContain('ada-lovelace');
    expect(dataOf(page).runs[0]?.rows.map(({ detail }) => detail)).toContain('hog.ts:10');
  });

  it('holds 200,000 intervals in less than one and a half megabytes', () => {
    const page = pageOf({ ...fixture(), runs: [manySlices(200_000)] });
    const intervals = dataOf(page).runs[0]?.rows.reduce(
      (sum, row) => sum + (row.kind === 'counter' ? 0 : row.lengths.length),
      0,
    );
    expect(intervals).toBeGreaterThanOrEqual(200_000);
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
  });

  it('does without a lesson', () => {
    const { lesson: _, ...rest } = fixture();
    const page = pageOf(rest);
    expect(page).not.toContain('id="predict"');
    expect(page).not.toContain('id="why"');
  });
});

function dataOf(page: string): PageData {
  const text = /<script type="application\/json" id="data">"([^"]*)"<\/script>/.exec(page)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as PageData;
}

function withoutScript(page: string): string {
  return page.replace(/<script>[\s\S]*?<\/script>/, '').replace(/<style>[\s\S]*?<\/style>/, '');
}

function textsOf(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, text]) => text ?? '');
}

function hashOf(text: string | undefined): string {
  return `sha256-${createHash('sha256')
    .update(text ?? '')
    .digest('base64')}`;
}
