import { describe, expect, it } from 'vitest';
import { run } from './program.js';

describe('main', () => {
  it.each([
    ['a plain function', '() => 42'],
    ['an async function', 'async () => { await sleep(1); return 42; }'],
    ['a generator function', 'function* () { yield* sleep(1); return 42; }'],
  ])('gives what %s gives, and the process then ends by itself', async (_, fn) => {
    const { status, lines, stderr } = await run(`
      say(await main(${fn}));
      process.on('exit', () => say('exit'));
    `);
    expect([status, lines, stderr]).toEqual([0, ['42', 'exit'], '']);
  });

  it('rejects with the very value that was thrown, which nothing else reports', async () => {
    const { status, lines, stderr } = await run(`
      const boom = new Error('boom');
      await main(async () => { throw boom; }).catch((error) => say(error === boom));
      await main(function* () { throw undefined; }).catch((error) => say(error));
    `);
    expect([status, lines, stderr]).toEqual([0, ['true', 'undefined'], '']);
  });

  it('ends the process with 1 when nobody catches that, after the cleanup', async () => {
    const { status, lines, stderr } = await run(`
      await main(async () => {
        spawn(async () => { try { await sleep(60_000); } finally { say('cleaned up'); } });
        await sleep(1);
        throw new Error('boom');
      });
    `);
    expect([status, lines]).toEqual([1, ['cleaned up']]);
    expect(stderr).toContain('Error: boom');
    expect(stderr).not.toContain('heddle');
  });

  it('runs its function as a task, with an id and a name', async () => {
    const { lines } = await run(`
      await main(async () => {
        await sleep(1);
        say(typeof task.id());
        say(task.isAborted());
      });
    `);
    expect(lines).toEqual(['number', 'false']);
  });

  it('aborts what is left when it ends, and waits for the cleanup, however long it takes', async () => {
    const { status, lines } = await run(`
      let left;
      const value = await main(function* () {
        left = spawn(function* () {
          try { yield* sleep(60_000); } finally {
            yield* sleep(20);
            say('generator cleaned up');
          }
        });
        spawn(async () => {
          try { await sleep(60_000); } finally {
            await shielded(() => sleep(10));
            say('async cleaned up');
            spawn(async () => { try { await sleep(60_000); } finally { say('its child too'); } });
          }
        });
        spawn(() => say('began')).detach();
        yield* sleep(1);
        say('main ends');
        return 'value';
      });
      say(value);
      say((await left).error.message.replace(/[0-9]+/, 'N'));
    `);
    expect(lines).toEqual([
      'began',
      'main ends',
      'async cleaned up',
      'generator cleaned up',
      'its child too',
      'value',
      'task N was cancelled: main ended',
    ]);
    expect(status).toBe(0);
  });

  it('gives threads their grace', async () => {
    const { status, lines } = await run(`
      const words = new Int32Array(new SharedArrayBuffer(4));
      const left = await main(async () => {
        const polite = thread.builder({ graceMs: 60_000 }).spawn(async (words) => {
          const { sleep } = await import('@heddle/runtime');
          try {
            Atomics.add(words, 0, 1);
            await sleep(60_000);
          } finally {
            Atomics.add(words, 0, 10);
          }
        }, words);
        const deaf = thread.builder({ graceMs: 1 }).spawn((words) => {
          Atomics.add(words, 0, 1);
          for (;;);
        }, words);
        while (Atomics.load(words, 0) < 2) await sleep(1);
        return { handles: [polite, deaf] };
      });
      say(words[0]);
      for (const handle of left.handles) say((await handle).error.message.replace(/[0-9]+/, 'N'));
      say(thread.metrics().threadsAlive);
    `);
    expect(lines).toEqual([
      '12',
      'task N was cancelled: main ended',
      'task N was cancelled: main ended',
      '0',
    ]);
    expect(status).toBe(0);
  });

  it('refuses another inside it, and takes one after it', async () => {
    const { lines } = await run(`
      await main(async () => {
        try { main(() => 1); } catch (error) { say(error.message); }
      });
      say(await main(() => 'second'));
    `);
    expect(lines).toEqual([
      'main: a main is running in this process already; use spawn inside it.',
      'second',
    ]);
  });

  it('does nothing in a worker, so that a program can be its own module of tasks', async () => {
    const { lines } = await run(`
      const result = await thread.spawn(async () => {
        const { main } = await import('@heddle/runtime');
        let ran = false;
        const value = await main(() => { ran = true; return 1; });
        return [ran, value];
      });
      say(JSON.stringify(result.unwrap()));
    `);
    expect(lines).toEqual(['[false,null]']);
  });

  it('refuses what is no function, and options that do not exist', async () => {
    const { lines } = await run(`
      for (const attempt of [() => main(42), () => main(() => 1, { signal: true }), () => main(() => 1, null)])
        try { attempt(); } catch (error) { say(error.name); }
    `);
    expect(lines).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });
});

describe('without main', () => {
  it('a task keeps the process alive until it has settled, and a detached one does not wait for anybody', async () => {
    const { status, lines, stderr } = await run(`
      spawn(async () => { await sleep(20); say('settled'); });
      spawn(async () => { await new CancellationToken().cancelled(); }).detach();
      process.on('exit', () => say('exit'));
    `);
    expect([status, lines, stderr]).toEqual([0, ['settled', 'exit'], '']);
  });

  it('a runtime that was used and has no tasks left keeps nothing alive', async () => {
    const { status, lines } = await run(`
      const runtime = new Runtime();
      say((await runtime.spawn(() => 'ran')).unwrap());
      await task.builder({ timeoutMs: 60_000, signal: new AbortController().signal }).spawn(() => 1);
      const late = spawn(() => sleep(60_000));
      await sleep(1);
      late.abort();
    `);
    expect([status, lines]).toEqual([0, ['ran']]);
  });
});
