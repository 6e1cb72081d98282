import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const source = JSON.stringify(new URL('../../src/base/stderr.ts', import.meta.url).href);

function run(script: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

it('has written more than a pipe holds before a process that exits at once is gone', async () => {
  const child = run(`
    const { writeStderr } = await import(${source});
    process.stderr.write(''); // makes the pipe non-blocking, as a program that logs has done
    writeStderr('x'.repeat(300_000) + 'end');
    process.exit(0);
  `);
  const written = await text(child.stderr as NodeJS.ReadableStream);
  expect(written.length).toBe(300_003);
  expect(written.endsWith('end')).toBe(true);
});

it('does not throw when stderr is closed', async () => {
  const child = run(`
    const { writeStderr } = await import(${source});
    const { closeSync } = await import('node:fs');
    closeSync(2);
    writeStderr('lost');
    process.exit(7);
  `);
  expect(await once(child, 'exit')).toEqual([7, null]);
});
