import { task, yieldNow } from '@heddle/runtime';
import { describe, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

/** Async and generator tasks side by side: who only yields is polled as often as any other, whatever its form. */
describe('an async task beside a generator task', () => {
  it('takes turns with it, from its first poll on', async () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    spawn(async () => {
      for (let step = 0; step < 3; step += 1) {
        line.push(`a${step}`);
        await yieldNow();
      }
    });
    spawn(function* () {
      for (let step = 0; step < 5; step += 1) {
        line.push(`g${step}`);
        yield* yieldNow();
      }
    });
    await host.settle();
    expect(line).toEqual(['a0', 'g0', 'a1', 'g1', 'a2', 'g2', 'g3', 'g4']);
  });

  it('is polled once for each poll of theirs among many of both', async () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    for (const name of ['a', 'b']) {
      spawn(async () => {
        for (let step = 0; step < 2; step += 1) {
          line.push(name);
          await yieldNow();
        }
      });
      spawn(function* () {
        for (let step = 0; step < 2; step += 1) {
          line.push(name.toUpperCase());
          yield* yieldNow();
        }
      });
    }
    await host.settle();
    expect(line.join('')).toBe('aAbBaAbB');
  });

  it('goes before it for as long as it is the more urgent one', async () => {
    const { host, spawn } = byHand({ policy: 'priority' });
    const line: string[] = [];
    spawn(function* () {
      task.builder({ priority: 1 }).spawn(async () => {
        for (let step = 0; step < 3; step += 1) {
          line.push('urgent');
          await yieldNow();
        }
      });
      task.builder({ priority: 0 }).spawn(function* () {
        for (let step = 0; step < 2; step += 1) {
          line.push('other');
          yield* yieldNow();
        }
      });
    });
    await host.settle();
    expect(line).toEqual(['urgent', 'urgent', 'urgent', 'other', 'other']);
  });

  it('leaves a task that waits for it where a shutdown finds it', async () => {
    const { host, runtime, spawn } = byHand();
    const line: string[] = [];
    const first = spawn(async () => {
      line.push('first');
      await yieldNow();
    });
    const second = spawn(function* () {
      line.push('second');
      yield* yieldNow();
    });
    host.turn();
    expect(line).toEqual(['first']);
    expect(runtime.metrics()).toMatchObject({ queueDepth: 1, numAliveTasks: 2 });
    const ended = runtime.shutdown();
    await host.settle();
    await ended;
    expect(line).toEqual(['first']);
    for (const result of [await first, await second]) expect(result.ok).toBe(false);
  });
});
