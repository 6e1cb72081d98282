import { afterEach, expect, test, vi } from 'vitest';
import { openPage } from '../../src/lab/open-page.js';
import { pinnedTo } from '../../src/lab/pinning.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('says what to do by hand where there is nothing that opens a page', async () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(await openPage('/some/page.html')).toMatch(
    /^--open: there is no [\w-]+ here; open \/some\/page\.html in a browser$/,
  );
});

test('says so where there is no taskset', () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(pinnedTo(1)).toEqual({
    kind: 'not pinned',
    because: expect.stringMatching(/^--cpus 1: not pinned, since .*; it may use all CPUs$/),
  });
});
