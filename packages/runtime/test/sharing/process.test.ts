import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What a process sees of its locks: each of these programs is a process of its own. */

test('who awaits a lock, a permit or a notification on the main thread keeps the process alive', async () => {
  expect(await run('awaits')).toEqual({ stdout: 'lock\npermit\nnotified\n', code: 0 });
});

test('nobody does any more when it was left, or has what it wanted', async () => {
  expect(await run('leaves-nothing')).toEqual({ stdout: '[]\n', code: 0 });
});

test('a plain Worker uses what it got as workerData', async () => {
  expect(await run('plain-worker')).toEqual({ stdout: '20000 2 poisoned\n', code: 0 });
});

test('where no thread knows its number, what ends by itself still poisons and gives back', async () => {
  const without = new URL('./modules/without-proc.mjs', import.meta.url).href;
  expect(await run('other-platform', '--import', without)).toEqual({
    stdout: 'undefined\n15000\nPoisonError\nPoisonError\nPoisonError\n',
    code: 0,
  });
});

function run(
  program: string,
  ...flags: readonly string[]
): Promise<{ readonly stdout: string; readonly code: number }> {
  const path = fileURLToPath(new URL(`./modules/${program}.mjs`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, path], (error, stdout) => {
      resolve({ stdout, code: error === null ? 0 : Number(error.code) });
    });
  });
}
