import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('./keeps.mjs', import.meta.url));

it('what a task held is free when it has settled, whoever keeps its handle or waits for others', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  expect(stdout).toBe('kept: nothing but what a waiting task holds\n');
});
