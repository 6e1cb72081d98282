import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('./keeps.mjs', import.meta.url));

it('what a task held is free when it has settled, whoever keeps its handle or waits for others', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  expect(stdout).toBe('kept: nothing but what a waiting task holds\n');
});

it('a token that is forgotten is free though its parent lives, and whoever can be told is', async () => {
  const program = fileURLToPath(new URL('./keeps-tokens.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  expect(stdout.split('\n')).toEqual([
    'held of 300 that were forgotten: 0',
    'listeners: 1, then 0',
    'told: a signal that was kept, the child of one that was forgotten, the listener of a signal, who waits in a task, who waits outside any task',
    '',
  ]);
});

it('a recording that is over is free, though tasks that were in it live on and handles of others are kept', async () => {
  const program = fileURLToPath(new URL('./keeps-recordings.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  expect(stdout).toBe('held of 20: the last at most, then the last at most, with 20 handles kept\n');
});
