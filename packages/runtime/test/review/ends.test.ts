import { spawnSync } from 'node:child_process';
import { JoinSet, main, scope, sleep, task } from '@heddle/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** How a program ends, and what it prints, in a process of its own. */
function run(program: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { main, join, sleep, spawn, thread } from '@heddle/runtime';\n${program}`,
    ],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 15_000 },
  );
  return { status, stdout, stderr };
}

it('aborts a child that a scope gets while it aborts the others', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    yield* scope(function* (s) {
      s.spawn(async () => {
        task.signal.addEventListener('abort', () => void s.spawn(async () => sleep(60_000)));
        await sleep(60_000);
      });
      yield* sleep(1);
      throw new Error('body');
    });
  });
  await host.advance(10);
  expect(await outcomeOf(handle)).toBe('panic body');
});

it('takes a main after one that was refused', async () => {
  const many = async function* () {} as never;
  expect(() => main(many)).toThrow('main: got an async generator');
  expect(await main(async () => 'runs')).toBe('runs');
});

it('ends a thread that a cleanup started when main ended', () => {
  const { status, stdout } = run(`
    await main(async () => {
      spawn(async () => {
        try { await sleep(60_000); }
        finally { thread.spawn(async () => { await new Promise((resolve) => setTimeout(resolve, 60_000)); }); }
      });
      await sleep(5);
    });
    console.log('main ended', thread.metrics().threadsAlive);
  `);
  expect([status, stdout]).toEqual([0, 'main ended 0\n']);
});

it('says what an async task waits for, not what a branch of it waited for', () => {
  const { stderr } = run(`
    spawn(async () => {
      await join(function* () { yield* sleep(1); });
      await new Promise(() => {});
    });
    spawn(async () => {
      const handle = spawn(() => 1);
      await join(function* () { yield* handle; });
      await new Promise(() => {});
    });
  `);
  expect(stderr.match(/waits for .*(?=, since)/g)).toEqual([
    'waits for a promise that is not of heddle',
    'waits for a promise that is not of heddle',
  ]);
});

it('is told of as joined by nobody once its set has let it go', async () => {
  const { host, spawn } = byHand();
  spawn(function* () {
    const set = new JoinSet<void>();
    set.spawn(async () => {
      await sleep(10);
      throw new Error('let go');
    });
    yield* sleep(1);
    set.detachAll();
  });
  await host.advance(10);
  expect(silencePanics.reported).toMatchObject([{ joined: false }]);
});
