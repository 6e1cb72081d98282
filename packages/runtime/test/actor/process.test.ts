import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What a process sees of its actors: each of these programs is a process of its own. */

test('an actor that is idle keeps the process alive until it is stopped', async () => {
  expect(await run('idle')).toEqual({ stdout: 'called back\nstopped\nthe process ended\n', code: 0 });
});

test('a detached one does not, nor does a call of it', async () => {
  expect(await run('detached')).toEqual({ stdout: 'the process ended\n', code: 0 });
});

test('no port, thread or callback is left of 10,000 calls and 200 actors', { timeout: 240_000 }, async () => {
  const { stdout } = await run('leaves-nothing');
  const { atFirst, atLast, before, after, held } = JSON.parse(stdout) as Record<string, unknown>;
  expect(after).toEqual(before);
  expect(atLast).toEqual(atFirst);
  // The last one may still be in a register.
  expect(held).toBeLessThanOrEqual(1);
});

function run(program: string): Promise<{ readonly stdout: string; readonly code: number }> {
  const path = fileURLToPath(new URL(`modules/programs/${program}.mjs`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [path], (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}
