import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What a process sees of its channels: each of these programs is a process of its own. */

test('a channel that nobody waits on lets the process end', async () => {
  expect(await run('idle')).toMatchObject({ stdout: 'the process ended\n', code: 0 });
});

test('one who waits on a channel keeps the process alive, even where the thread at the other end does not', async () => {
  expect(await run('waits')).toMatchObject({ stdout: 'late\n', code: 0 });
});

test('a wait that only the same thread could end is reported as a hang', async () => {
  const { stderr, code } = await run('hangs');
  expect(stderr).toContain('waits for receiver.recv()');
  expect(code).toBe(13);
});

test('no port is left of 1,000 channels that were used up', async () => {
  const { stdout } = await run('leaves-nothing');
  const { before, after, left } = JSON.parse(stdout) as { before: number; after: number; left: string[] };
  // Every handle of the event loop is counted, of which a channel has four; a few belong to others.
  expect(after).toBeLessThanOrEqual(before + 10);
  expect(left.filter((name) => name === 'MessagePort')).toEqual([]);
});

test('an end that is garbage is closed', async () => {
  expect(await run('garbage', '--expose-gc')).toMatchObject({ stdout: '["one",null]\n[true]\n', code: 0 });
});

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function run(name: string, ...flags: string[]): Promise<Ended> {
  const program = fileURLToPath(new URL(`./modules/programs/${name}.mjs`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, program], { timeout: 15_000 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: error === null ? 0 : Number(error.code) }),
    );
  });
}
