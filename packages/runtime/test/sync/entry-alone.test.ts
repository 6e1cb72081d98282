import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** A program that imports one entry and nothing else, and prints what it gave. */
function run(...lines: string[]): { readonly stdout: string; readonly stderr: string } {
  const args = ['--input-type=module', '--eval', lines.join('\n')];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { stdout, stderr };
}

test('the clock runs where nothing but /sync is imported', () => {
  const { stdout, stderr } = run(
    "import { mpsc } from '@heddle/runtime/sync';",
    'const [tx] = mpsc.channel(1);',
    'console.log((await tx.sendTimeout(1, 5)).ok, (await tx.sendTimeout(2, 5)).ok);',
  );
  expect([stdout, stderr]).toEqual(['true false\n', '']);
});

test('what is spawned later runs beside what waits from before', () => {
  const { stdout, stderr } = run(
    "import { sleep } from '@heddle/runtime/time';",
    "const rested = sleep(5).then(() => 'rested');",
    "const { spawn } = await import('@heddle/runtime');",
    "console.log(await rested, (await spawn(() => 'spawned')).unwrap());",
  );
  expect([stdout, stderr]).toEqual(['rested spawned\n', '']);
});
