import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const prelude = "import { CancellationToken, main, Runtime, sleep, spawn, task } from '@heddle/runtime';\n";

/** Runs a program in a process of its own, since what is looked at is how that ends. */
function run(program: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', prelude + program],
    { cwd: import.meta.dirname, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  return { status, stdout, stderr };
}

describe('when the event loop has run dry while tasks still wait', () => {
  it('says which, what each waits for and since when, and exits with 13', () => {
    const { status, stderr } = run(`
      const token = new CancellationToken();
      task.builder({ name: 'crawler' }).spawn(function* () { yield* token.cancelled(); });
      spawn(async () => { await new Promise(() => {}); });
    `);
    expect(stderr).toMatch(
      /^heddle: 2 tasks wait, and nothing is left that could wake them:\n {2}task 1 "crawler" waits for cancelled\(\), since \d+ ms\n {2}task 2 waits for a promise that is not of heddle, since \d+ ms\n$/,
    );
    expect(status).toBe(13);
  });

  it('says nothing of a task that was detached', () => {
    const { status, stderr } = run(`
      spawn(function* () { yield* new CancellationToken().cancelled(); }).detach();
    `);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('says nothing of a runtime that was shut down', () => {
    const { status, stderr } = run(`
      const runtime = new Runtime();
      runtime.spawn(function* () { yield* new CancellationToken().cancelled(); });
      await runtime.shutdown();
    `);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('takes the code back when the program went on after all: the code that it had before is its own', () => {
    const goesOn = (code: string) => `
      ${code}
      const token = new CancellationToken();
      spawn(function* () { yield* token.cancelled(); });
      process.once('beforeExit', () => setTimeout(() => token.cancel(), 1));
    `;
    expect(run(goesOn('')).status).toBe(0);
    expect(run(goesOn('process.exitCode = 7;')).status).toBe(7);
    const atOnce = run(`
      const token = new CancellationToken();
      spawn(function* () { yield* token.cancelled(); });
      process.once('beforeExit', () => token.cancel());
    `);
    expect(atOnce.status).toBe(0);
    const own = run(`${goesOn('')} process.on('beforeExit', () => { process.exitCode = 8; });`);
    expect(own.status).toBe(8);
    expect(own.stderr).toContain('1 task waits');
  });

  it('exits with 13 all the same when the program went on, and its tasks wait for ever', () => {
    const { status } = run(`
      spawn(function* () { yield* new CancellationToken().cancelled(); });
      process.once('beforeExit', () => setTimeout(() => {}, 1));
    `);
    expect(status).toBe(13);
  });

  it('names the root task of a main that waits for ever', () => {
    const { status, stderr } = run(`
      main(async () => { await new CancellationToken().cancelled(); });
    `);
    expect(stderr).toContain('task 1 "main" waits for cancelled()');
    expect(status).toBe(13);
  });

  it('says where each was spawned when HEDDLE_DEBUG is 1', () => {
    const { stderr } = run(
      `
      const { stuck } = await import('./modules/stuck.mjs');
      stuck();
    `,
      { HEDDLE_DEBUG: '1' },
    );
    expect(stderr).toMatch(/waits for cancelled\(\), since \d+ ms, spawned at .*stuck\.mjs:5:3\n/);
  });
});

const hog = `
  const hog = (ms) => { for (const until = performance.now() + ms; performance.now() < until; ); };
`;

describe('when a task holds the thread for longer than it may', () => {
  it('says which, for how long and how many it kept waiting, once its poll has ended', () => {
    const { status, stderr } = run(`${hog}
      const runtime = new Runtime({ longPollMs: 20 });
      runtime.spawn(() => { task.builder({ name: 'hog' }).spawn(function* () { hog(30); }); });
      runtime.spawn(async () => { await sleep(0); });
    `);
    expect(stderr).toMatch(/^heddle: task \d+ "hog" held the thread for \d+ ms in one poll\n$/);
    expect(status).toBe(0);
  });

  it('says so of an async task, and how many tasks were ready meanwhile', () => {
    const { stderr } = run(`${hog}
      const runtime = new Runtime({ longPollMs: 20 });
      runtime.spawn(async () => { await sleep(1); hog(30); });
      runtime.spawn(function* () { yield* sleep(1); });
    `);
    expect(stderr).toMatch(
      /^heddle: task \d+ held the thread for \d+ ms in one poll(, while 1 task was ready)?\n$/,
    );
  });

  it('says it once of a task that does so in each of its polls', () => {
    const { stderr } = run(`${hog}
      const runtime = new Runtime({ longPollMs: 5 });
      runtime.spawn(async () => { for (let poll = 0; poll < 5; poll += 1) { hog(10); await sleep(0); } });
    `);
    expect(stderr.match(/held the thread/g)).toHaveLength(1);
  });

  it('says it, with the place of the spawn, of any runtime when HEDDLE_DEBUG is 1', () => {
    const { stderr } = run(`${hog} spawn(() => hog(600));`, { HEDDLE_DEBUG: '1' });
    expect(stderr).toMatch(/^heddle: task 1 held the thread for \d+ ms in one poll, spawned at /);
  });

  it('says nothing where nobody has asked', () => {
    const { stderr } = run(`${hog} spawn(() => hog(600));`);
    expect(stderr).toBe('');
  });
});
