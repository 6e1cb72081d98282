import { join, select, sleep, yieldNow } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { describe, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

/** Who did how many operations, in order: `a128 b1 a72`. */
function runs(line: readonly string[]): string {
  const parts: string[] = [];
  let count = 0;
  line.forEach((name, at) => {
    count += 1;
    if (line[at + 1] === name) return;
    parts.push(`${name}${count}`);
    count = 0;
  });
  return parts.join(' ');
}

describe('an operation that is ready', () => {
  it('does not suspend a generator task, but the 129th of a poll does', () => {
    const { host, runtime, spawn } = byHand();
    const line: string[] = [];
    const done = spawn(function* () {});
    host.runUntilIdle();
    for (const name of ['a', 'b']) {
      spawn(function* () {
        for (let step = 0; step < 300; step += 1) {
          yield* done;
          line.push(name);
        }
      });
    }
    host.runUntilIdle();
    expect(runs(line)).toBe('a128 b128 a128 b128 a44 b44');
    expect(runtime.metrics().pollCount).toBe(1 + 2 * 3);
  });

  it('costs the same budget in a branch, and in an operation that is made of others', () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    const done = spawn(function* () {});
    host.runUntilIdle();
    const branch = function* (name: string) {
      for (let step = 0; step < 100; step += 1) {
        yield* done;
        line.push(name);
      }
    };
    spawn(function* () {
      yield* join(branch('a'), branch('b'));
    });
    spawn(function* () {
      line.push('other');
    });
    host.runUntilIdle();
    expect(runs(line)).toMatch(/^a100 b28 other1 b72$/);
  });

  it('costs its unit where it throws, too: who catches that and asks again lets others run', () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(1);
    rx.close();
    const line: string[] = [];
    const refused = spawn(function* () {
      for (;;) {
        try {
          yield* tx.send(1);
        } catch {
          // The channel is closed, and asked again.
        }
      }
    });
    spawn(function* () {
      line.push('other');
    });
    host.turn();
    expect([line, refused.isFinished()]).toEqual([['other'], false]);
    refused.abort();
    host.runUntilIdle();
    expect(refused.isFinished()).toBe(true);
  });

  it('does not keep an async task from the queue for ever either', async () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    const done = spawn(function* () {});
    host.runUntilIdle();
    spawn(async () => {
      for (let step = 0; step < 1000; step += 1) {
        await done;
        line.push('a');
      }
    });
    spawn(async () => {
      for (let step = 0; step < 20; step += 1) {
        await yieldNow();
        line.push('b');
      }
    });
    await host.settle();
    const inARow =
      runs(line)
        .match(/(?<=a)\d+/g)
        ?.map(Number) ?? [];
    expect(inARow.reduce((sum, count) => sum + count, 0)).toBe(1000);
    // The 129th waits for a poll, and is given in it.
    expect(Math.max(...inARow)).toBeLessThanOrEqual(129);
  });

  it('is a receive of what is there already, of which a thousand are not one poll', async () => {
    const { host, runtime, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(1000);
    const handle = spawn(function* () {
      for (let step = 0; step < 1000; step += 1) yield* tx.send(step);
      let sum = 0;
      for (let step = 0; step < 1000; step += 1) sum += (yield* rx.recv()) ?? 0;
      return sum;
    });
    host.runUntilIdle();
    expect((await handle).unwrap()).toBe(499_500);
    expect(runtime.metrics().pollCount).toBe(16);
  });
});

describe('a branch', () => {
  it('that yields gives up the thread of its task, and so lets its siblings and other tasks run', () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    const branch = function* (name: string) {
      for (let step = 0; step < 2; step += 1) {
        line.push(name);
        yield* yieldNow();
      }
    };
    spawn(function* () {
      yield* join(branch('a'), branch('b'));
    });
    spawn(branch, 'other');
    host.runUntilIdle();
    expect(line).toEqual(['a', 'b', 'other', 'b', 'a', 'other']);
  });

  it('that yields for ever does not keep another one from ending', async () => {
    const { host, spawn } = byHand();
    const forever = function* () {
      for (;;) yield* yieldNow();
    };
    const handle = spawn(function* () {
      return (yield* select({ forever: forever(), slept: sleep(5) })).key;
    });
    const guest = spawn(async () => (await select({ forever: forever(), slept: sleep(5) })).key);
    for (let turn = 0; turn < 10; turn += 1) host.turn();
    for (const task of [handle, guest]) expect(task.isFinished()).toBe(false);
    handle.abort();
    guest.abort();
    await host.settle();
    for (const task of [handle, guest])
      expect(await task).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });
});

it('a fresh budget comes with each poll', () => {
  const { host, runtime, spawn } = byHand();
  const done = spawn(function* () {});
  host.runUntilIdle();
  spawn(function* () {
    for (let step = 0; step < 10; step += 1) {
      for (let ready = 0; ready < 128; ready += 1) yield* done;
      yield* yieldNow();
    }
  });
  host.runUntilIdle();
  expect(runtime.metrics().pollCount).toBe(1 + 11);
});

it('a sleep of nothing is not ready: it gives up the thread', async () => {
  const { host, spawn } = byHand();
  const line: string[] = [];
  for (const name of ['a', 'b']) {
    spawn(function* () {
      for (let step = 0; step < 2; step += 1) {
        line.push(name);
        yield* sleep(0);
      }
    });
  }
  await host.advance(0);
  expect(line.join('')).toBe('abab');
});
