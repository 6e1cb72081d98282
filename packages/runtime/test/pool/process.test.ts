import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { node } from '../thread/run-program.js';

const run = (program: string) => node(fileURLToPath(new URL(`modules/${program}.mjs`, import.meta.url)));

test('a handle that nobody awaits keeps the process alive, and an idle pool does not', async () => {
  expect(await run('idle')).toMatchObject({
    code: 0,
    stdout: 'the job ended\nthe process ended, with 1 thread\n',
    stderr: '',
  });
});

test('a detached job lets the process end, be it running or in line', async () => {
  expect(await run('detached')).toMatchObject({ code: 0, stdout: 'the process ended\n', stderr: '' });
});

test('main ends the jobs that are left when it ends', async () => {
  expect(await run('main-ends')).toMatchObject({
    code: 0,
    stdout: 'task 2 was cancelled: main ended\n',
    stderr: '',
  });
});

test('a program given as text on the command line has a pool too', async () => {
  const code =
    "import { spawnBlocking } from '@heddle/runtime'; console.log((await spawnBlocking(() => 42)).unwrap());";
  expect(await node('--input-type=module', '-e', code)).toMatchObject({
    code: 0,
    stdout: '42\n',
    stderr: '',
  });
});
