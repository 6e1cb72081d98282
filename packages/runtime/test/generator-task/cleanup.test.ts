import { join, shielded, sleep, spawn as spawnSibling, task, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('the cleanup of an aborted generator task', () => {
  it('may wait for as long as it likes in an operation that it began in time', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(3_600_000);
        lines.push('cleaned up');
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(3_600_000);
    expect([lines, await outcomeOf(handle)]).toEqual([['cleaned up'], 'cancelled']);
  });

  it('may spawn, join and know who it is', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        const child = spawnSibling(function* () {
          yield* sleep(1);
          return 'by a child';
        });
        lines.push(`cleaned up ${(yield* child).unwrap()}`);
        lines.push(task.id() === handle.id ? 'as itself' : 'as somebody else');
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(1);
    expect(lines).toEqual(['cleaned up by a child', 'as itself']);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  /**
   * JavaScript forgets a `return()` whose inner generator waited in its `finally`: the outer body then runs on
   * behind its `yield*`. Such a body gets `TaskCancelled` from the first operation that it begins too late.
   */
  it('that waits on two levels ends at the first operation that begins too late', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const inner = function* () {
      try {
        yield* sleep(10_000);
      } finally {
        yield* sleep(400);
        lines.push('inner cleaned up');
      }
    };
    const handle = spawn(function* () {
      try {
        yield* inner();
        for (;;) {
          lines.push('outer runs on');
          yield* sleep(400);
        }
      } finally {
        lines.push('outer cleaned up');
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(5000);
    expect(lines).toEqual([
      'inner cleaned up',
      'outer runs on',
      'outer runs on',
      'outer runs on',
      'outer cleaned up',
    ]);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it.each([
    ['sleeps', () => sleep(400)],
    ['yields', () => yieldNow()],
    ['joins', () => join(yieldNowTask())],
  ])('that runs on ends when all it does is that it %s', async (_, operation) => {
    const { host, spawn } = byHand();
    const inner = function* () {
      try {
        yield* sleep(10_000);
      } finally {
        yield* sleep(2000);
      }
    };
    const handle = spawn(function* () {
      yield* inner();
      for (;;) yield* operation();
    });
    await host.settle();
    handle.abort();
    await host.advance(2000);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('that runs on and catches every refusal is abandoned, and keeps nobody waiting', async () => {
    const { host, runtime, spawn } = byHand();
    let refused = 0;
    const inner = function* () {
      try {
        yield* sleep(10_000);
      } finally {
        yield* sleep(2000);
      }
    };
    const handle = spawn(function* () {
      yield* inner();
      for (;;) {
        try {
          yield* yieldNow();
        } catch {
          refused += 1;
        }
      }
    });
    const other = spawn(function* () {
      yield* sleep(2000);
      return 'served';
    });
    await host.settle();
    handle.abort();
    await host.advance(2000);
    expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
    expect(await outcomeOf(other)).toBe('served');
    expect([refused, runtime.metrics().abandonedTasksCount]).toEqual([100, 1]);
  });

  it('is never hurried with `abandonAfterMs: false`', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const main = spawn(function* () {
      const handle = task.builder({ abandonAfterMs: false }).spawn(function* () {
        try {
          yield* sleep(10_000);
        } finally {
          for (let step = 0; step < 5; step += 1) yield* sleep(1000);
          lines.push('cleaned up');
        }
      });
      yield* yieldNow();
      handle.abort();
      return yield* handle;
    });
    await host.advance(5000);
    expect(lines).toEqual(['cleaned up']);
    expect((await main).unwrap().ok).toBe(false);
  });

  it('may be shielded, after which the abort is told at once', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield* shielded(function* () {
          yield* sleep(5);
          lines.push('whole');
        });
        yield* yieldNow();
        lines.push('unreachable');
      } finally {
        lines.push('told');
      }
    });
    await host.settle();
    handle.abort();
    await host.advance(4);
    expect(lines).toEqual([]);
    await host.advance(1);
    expect(lines).toEqual(['whole', 'told']);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });
});

const yieldNowTask = () =>
  spawnSibling(function* () {
    yield* yieldNow();
  });
