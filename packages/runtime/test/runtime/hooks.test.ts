import { type RuntimeOptions, sleep, task, taskLocal, thread, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';
import { run } from './program.js';

const PLACE = taskLocal<string>('hooks.test PLACE');

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** Hooks that note their calls, with the name of the task. */
function noting(calls: string[]): RuntimeOptions {
  const tell = (hook: string) => (meta?: { readonly name: string | undefined }) => {
    calls.push(meta === undefined ? hook : `${hook} ${meta.name}`);
  };
  return {
    onTaskSpawn: tell('spawn'),
    onBeforeTaskPoll: tell('before'),
    onAfterTaskPoll: tell('after'),
    onTaskTerminate: tell('terminate'),
    onPark: tell('park'),
    onUnpark: tell('unpark'),
  };
}

describe('the hooks of a runtime', () => {
  it('tell the life of a generator task in order', async () => {
    const calls: string[] = [];
    const { host, spawn } = byHand(noting(calls));
    spawn(() => {
      task.builder({ name: 'inner' }).spawn(function* () {
        yield* yieldNow();
        calls.push('last line');
      });
    });
    await host.settle();
    expect(calls).toEqual([
      'spawn undefined',
      'unpark',
      'before undefined',
      'spawn inner',
      'terminate undefined',
      'after undefined',
      'before inner',
      'after inner',
      'before inner',
      'last line',
      'terminate inner',
      'after inner',
      'park',
    ]);
  });

  it('call the end of an async task’s poll when the step of its body is over, and park after that', async () => {
    const calls: string[] = [];
    const { host, spawn } = byHand(noting(calls));
    spawn(async () => {
      calls.push('first step');
      await sleep(1);
      calls.push('second step');
      await sleep(1);
      calls.push('third step');
    });
    await host.advance(2);
    expect(calls.map((call) => call.replace(' undefined', ''))).toEqual([
      'spawn',
      'unpark',
      'before',
      'first step',
      'after',
      'park',
      'unpark',
      'before',
      'second step',
      'after',
      'park',
      'unpark',
      'before',
      'third step',
      'after',
      'park',
      // V8 tells of the end a microtask after it.
      'terminate',
    ]);
  });

  it('harm no task by what they throw, and are called again', async () => {
    let calls = 0;
    const { host, spawn } = byHand({
      onBeforeTaskPoll: () => {
        calls += 1;
        throw new Error('broken hook');
      },
    });
    const handle = spawn(function* () {
      yield* yieldNow();
      return task.id();
    });
    await host.settle();
    expect([await outcomeOf(handle), calls]).toEqual([String(handle.id), 2]);
  });

  it('are no part of the task that is polled', async () => {
    const seen: (number | undefined)[] = [];
    const look = () => void seen.push(task.tryId());
    const { host, spawn } = byHand({ onTaskSpawn: look, onBeforeTaskPoll: look, onAfterTaskPoll: look });
    spawn(function* () {
      spawn(function* () {});
    });
    await host.settle();
    expect(seen).toEqual(seen.map(() => undefined));
  });

  it('are no part of the async task that spawns, steps or ends, nor have its task-local values', async () => {
    const seen: unknown[] = [];
    const look = () => void seen.push(task.tryId(), PLACE.tryGet());
    const { host, spawn } = byHand({
      onTaskSpawn: look,
      onBeforeTaskPoll: look,
      onAfterTaskPoll: look,
      onTaskTerminate: look,
    });
    let inside: unknown[] = [];
    spawn(async () => {
      await sleep(1);
      await PLACE.scope('in the body', async () => {
        await spawn(async () => void (await yieldNow()));
        inside = [task.tryId() !== undefined, PLACE.tryGet()];
      });
    });
    await host.advance(1);
    expect(seen.length).toBeGreaterThan(12);
    expect(seen).toEqual(seen.map(() => undefined));
    expect(inside).toEqual([true, 'in the body']);
  });

  it('are no part of the function that a thread is for', async () => {
    const handle = thread.spawn(async () => {
      const { Runtime, task } = await import('@heddle/runtime');
      const seen: (number | undefined)[] = [];
      const runtime = new Runtime({ onTaskSpawn: () => void seen.push(task.tryId()) });
      await runtime.spawn(() => 1);
      await runtime.shutdown();
      return [seen, task.tryId() !== undefined];
    });
    expect((await handle).unwrap()).toEqual([[undefined], true]);
  });

  it('that are async and reject are heard of as those that throw, once for each hook, and harm nothing', async () => {
    const { status, lines, stderr } = await run(`
      const fails = async () => {
        throw new Error('broken hook');
      };
      const runtime = new Runtime({ onTaskTerminate: fails, onAfterTaskPoll: fails });
      const results = [await runtime.spawn(() => 1), await runtime.spawn(() => 2)];
      await new Promise((resolve) => setImmediate(resolve));
      say(results.map((result) => result.unwrap()).join(' '));
    `);
    expect([status, lines]).toEqual([0, ['1 2']]);
    expect(stderr.split('\n').filter((line) => !line.includes(' at '))).toEqual([
      'heddle: the hook onTaskTerminate of a runtime threw:',
      '    Error: broken hook',
      'heddle: the hook onAfterTaskPoll of a runtime threw:',
      '    Error: broken hook',
      '',
    ]);
  });
});

describe('a runtime that a panic shuts down', () => {
  it('lets the others clean up', async () => {
    const lines: string[] = [];
    const { host, runtime, spawn } = byHand({ unhandledPanic: 'shutdown-runtime' });
    spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
        lines.push(`cleaned up at ${host.now()}`);
      }
    });
    await host.settle();
    spawn(() => Promise.reject(new Error('boom')));
    await host.advance(5);
    expect([lines, runtime.metrics().numAliveTasks]).toEqual([['cleaned up at 5'], 0]);
  });
});
