import { spawnSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SHARE_ENV } from 'node:worker_threads';
import { tasksFrom, thread } from '@heddle/runtime';
import { expect, test } from 'vitest';

const tasks = tasksFrom<{ osThread: () => { id: number; comm: string } }>(
  new URL('./modules/tasks.mjs', import.meta.url),
);
const onLinux = process.platform === 'linux';

test('env is all that the thread has in its environment', async () => {
  const builder = thread.builder({ env: { COLOUR: 'red', SHAPE: undefined } });
  const handle = builder.spawn(() => ({ ...process.env }));
  expect((await handle).unwrap()).toEqual({ COLOUR: 'red' });
});

test('env is copied by the builder, so that a later change reaches no thread', async () => {
  const env = { COLOUR: 'red' };
  const builder = thread.builder({ env });
  env.COLOUR = 'blue';
  expect((await builder.spawn(() => process.env.COLOUR)).unwrap()).toBe('red');
});

test('a thread without env has a copy of the environment, and what it writes stays with it', async () => {
  process.env.HEDDLE_TEST_COLOUR = 'red';
  const handle = thread.spawn(() => {
    const seen = process.env.HEDDLE_TEST_COLOUR;
    process.env.HEDDLE_TEST_COLOUR = 'blue';
    return seen;
  });
  expect((await handle).unwrap()).toBe('red');
  expect(process.env.HEDDLE_TEST_COLOUR).toBe('red');
  delete process.env.HEDDLE_TEST_COLOUR;
});

test('SHARE_ENV gives the thread the environment of who spawned it, to write to', () => {
  // A test runner may be a thread with an environment of its own already, so a program of its own shows it.
  expect(run('share-env.mjs')).toEqual(['written']);
});

test('execArgv is what the thread is started with', async () => {
  const handle = thread.builder({ execArgv: ['--no-warnings'] }).spawn(() => process.execArgv);
  expect((await handle).unwrap()).toEqual(['--no-warnings']);
});

test('a flag that Node does not take for a thread is thrown by the spawn, which starts none', () => {
  const { threadsStarted } = thread.metrics();
  const { spawn } = thread.builder({ execArgv: ['--expose-gc'] });
  expect(() => spawn(() => 1)).toThrow(
    new TypeError('thread.spawn: execArgv: Initiated Worker with invalid execArgv flags: --expose-gc'),
  );
  expect(thread.metrics().threadsStarted).toBe(threadsStarted);
});

test('SHARE_ENV is an option that a builder takes', () => {
  expect(() => thread.builder({ env: SHARE_ENV })).not.toThrow();
});

test.runIf(onLinux)('priority is that of its thread alone (Linux)', async () => {
  const before = getPriority();
  const handle = thread.builder({ priority: 7 }).spawn(async () => {
    const { getPriority } = await import('node:os');
    const { thread } = await import('@heddle/runtime');
    return getPriority(thread.osThreadId());
  });
  expect((await handle).unwrap()).toBe(7);
  expect(getPriority()).toBe(before);
  const { id } = (await thread.spawn(tasks.osThread)).unwrap();
  expect(id).not.toBe(process.pid);
});

test.runIf(onLinux)('priority is not that of the threads that read files for the process (Linux)', () => {
  expect(run('nice-io.cjs')).toEqual(['only the thread itself']);
});

test.runIf(onLinux)(
  'a priority that the kernel refuses leaves the thread as it is, and says so once (Linux)',
  () => {
    expect(run('refused-priority.mjs')).toEqual([
      'one',
      'two',
      expect.stringMatching(/^heddle: a thread runs without its priority -5: .*EACCES/),
    ]);
  },
);

/** The lines that a program wrote, to stdout and then to stderr. */
function run(program: string): string[] {
  const path = fileURLToPath(new URL(`./modules/programs/${program}`, import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', path], { encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}
