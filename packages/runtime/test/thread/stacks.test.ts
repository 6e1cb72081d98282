import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { type JoinError, type JoinHandle, Runtime, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** An error of a thread has two places: where it was thrown, and where the thread was spawned. */
const tasks = tasksFrom<{
  fails: () => never;
  errorOfAnother: () => { error: JoinError };
  throwsThatOfAnother: () => never;
  errorOfATask: () => { error: JoinError };
}>(new URL('./modules/throws.mjs', import.meta.url));

const HERE = /stacks\.test\.ts:\d+:\d+/g;
const THERE = /throws\.mjs:\d+:\d+/g;

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

async function errorOf(handle: JoinHandle<unknown>): Promise<JoinError> {
  const result = await handle;
  if (result.ok) throw new Error('it gave a value');
  return result.error;
}

describe('the error of a thread', () => {
  test('that panicked says where it was spawned, and its cause where it threw', async () => {
    const error = await errorOf(thread.spawn(tasks.fails));
    expect(error.stack).toMatch(
      /^JoinError: task \d+ panicked with message "no table"\n {4}at spawned \(.*stacks\.test\.ts:\d+:\d+\)$/,
    );
    const { stack } = error.cause as Error;
    expect(stack).toMatch(/^Error: no table\n {4}at findTheTable \(.*throws\.mjs:\d+:\d+\)\n {4}at fails /);
    expect(stack).not.toMatch(HERE);
  });

  test('prints both, each of them once', async () => {
    const printed = inspect(await errorOf(thread.spawn(tasks.fails)));
    expect(printed.match(HERE)).toHaveLength(1);
    expect(printed.match(/at findTheTable/g)).toHaveLength(1);
    expect(printed).not.toContain('matching cause stack trace');
    expect(printed).not.toContain('spawnedAt');
  });

  test('that crashed or was cancelled says where it was spawned', async () => {
    const aborted = thread.spawn(tasks.fails);
    aborted.abort();
    const errors = [await errorOf(aborted), await errorOf(thread.spawn(() => process.exit(3)))];
    expect(errors.map(({ kind }) => kind)).toEqual(['cancelled', 'crash']);
    for (const { stack } of errors) expect(stack).toMatch(HERE);
  });

  test('keeps both when it crosses to another thread, given and thrown', async () => {
    const given = (await thread.spawn(tasks.errorOfAnother)).unwrap().error;
    const thrown = (await errorOf(thread.spawn(tasks.throwsThatOfAnother))).cause as JoinError;
    for (const error of [given, thrown]) {
      expect(error.isPanic()).toBe(true);
      expect(error.stack).toMatch(/^JoinError: .*\n {4}at spawned \(.*throws\.mjs:\d+:\d+\)$/);
      expect((error.cause as Error).stack).toContain('at findTheTable');
      expect(Object.keys(error)).not.toContain('stack');
    }
  });

  test('of the pool does so too, where spawn sites are kept', async () => {
    const runtime = new Runtime({ debug: true });
    const error = await errorOf(runtime.spawnBlocking(tasks.fails));
    expect(error.stack).toMatch(/\n {4}at spawned \(.*stacks\.test\.ts:\d+:\d+\)$/);
    expect((error.cause as Error).stack).toContain('at findTheTable');
    await runtime.shutdown();
  });

  test('of a task on this thread shows the frames of what it threw', async () => {
    const { error } = (await thread.spawn(tasks.errorOfATask)).unwrap();
    expect(error.stack).toContain('at findTheTable');
  });
});

test('the default panic hook prints both, once', () => {
  const program = fileURLToPath(new URL('./modules/programs/stacks.mjs', import.meta.url));
  const { stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^heddle: task 1 panicked with message "no table" \(spawned at .*stacks\.mjs:4:\d+\)\n {4}Error: no table\n {8}at findTheTable /,
  );
  expect(stderr.match(/at findTheTable/g)).toHaveLength(1);
  expect(stderr.match(THERE)?.length).toBe(2);
});
