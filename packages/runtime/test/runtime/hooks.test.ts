import { type RuntimeOptions, sleep, task, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

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
