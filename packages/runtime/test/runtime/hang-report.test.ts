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
