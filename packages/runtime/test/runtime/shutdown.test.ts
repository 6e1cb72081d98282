import {
  type JoinHandle,
  type Policy,
  Runtime,
  sleep,
  spawn as spawnInside,
  task,
  yieldNow,
} from '@heddle/runtime';
import { Mutex, Semaphore } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const messageOf = async (handle: JoinHandle<unknown>): Promise<string> => {
  const result = await handle;
  return result.ok ? 'ok' : result.error.message.replace(/\d+/, 'N');
};

describe('the shutdown of a runtime', () => {
  it('settles every task: not begun, waiting, cleaning up, on a promise of somebody else', async () => {
    const { host, runtime, spawn } = byHand();
    const lines: string[] = [];
    const waiting = spawn(async () => {
      try {
        await sleep(1000);
      } finally {
        lines.push('async left');
      }
    });
    const cleansUp = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
        lines.push(`generator left at ${host.now()}`);
      }
    });
    await host.settle();
    const queued = spawn(() => lines.push('unreachable'));
    const ended = runtime.shutdown().then(() => lines.push('shut down'));
    await host.advance(5);
    await ended;
    expect(lines).toEqual(['async left', 'generator left at 5', 'shut down']);
    for (const handle of [waiting, cleansUp, queued])
      expect(await messageOf(handle)).toBe('task N was cancelled: its runtime was shut down');
    expect([host.pendingTimers, runtime.metrics().numAliveTasks]).toEqual([0, 0]);
  });

  it('cancels what is spawned after it, by whomever, and runs no line of it', async () => {
    const { host, runtime, spawn } = byHand();
    const lines: string[] = [];
    let inCleanup: JoinHandle<unknown> | undefined;
    spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        inCleanup = spawnInside(() => lines.push('unreachable'));
      }
    });
    await host.settle();
    const ended = runtime.shutdown();
    await host.settle();
    await ended;
    const after = spawn(() => lines.push('unreachable'));
    expect(after.isFinished()).toBe(true);
    after.abort();
    after.detach();
    for (const handle of [after, inCleanup as JoinHandle<unknown>])
      expect(await messageOf(handle)).toBe('task N was cancelled: its runtime was shut down');
    expect(lines).toEqual([]);
  });

  it('abandons after timeoutMs what has not ended', async () => {
    const { host, runtime, spawn } = byHand();
    const stuck = spawn(() => new Promise(() => undefined));
    const slow = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(1000);
      }
    });
    await host.settle();
    const ended = runtime.shutdown({ timeoutMs: 10 });
    await host.advance(10);
    await ended;
    for (const handle of [stuck, slow]) expect(await outcomeOf(handle)).toBe('cancelled and abandoned');
    expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, abandonedTasksCount: 2 });
  });

  it.each(['fifo', 'priority', 'fair', 'lottery'] as const)(
    'gives each task one poll to end in, however many there are and however short the time: %s',
    async (policy) => {
      const { host, runtime, spawn } = byHand({ policy, eventInterval: 10 });
      const mutex = new Mutex(0);
      const guard = mutex.tryLock().unwrap();
      let left = 0;
      for (let task = 0; task < 100; task += 1) {
        spawn(function* () {
          try {
            yield* mutex.lock();
          } finally {
            left += 1;
          }
        });
        spawn(async () => {
          try {
            await mutex.lock();
          } finally {
            left += 1;
          }
        });
      }
      await host.settle();
      const ended = runtime.shutdown({ timeoutMs: 0 });
      await host.advance(0);
      await ended;
      expect([left, runtime.metrics().abandonedTasksCount]).toEqual([200, 0]);
      guard.release();
      expect(mutex.tryLock().ok).toBe(true);
    },
  );

  it('abandons at once who has had its poll, so that the others have theirs', async () => {
    const runtime = new Runtime({ policy: 'priority', eventInterval: 10 });
    const { spawn } = runtime;
    const hog = task.builder({ priority: Number.POSITIVE_INFINITY });
    const lines: string[] = [];
    const start = spawn(() => {
      hog.spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          for (;;) yield* yieldNow();
        }
      });
    });
    spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        lines.push('left');
      }
    });
    await start;
    await sleep(1);
    await runtime.shutdown({ timeoutMs: 0 });
    expect([...lines, runtime.metrics().abandonedTasksCount]).toEqual(['left', 1]);
  });

  it('settles every task though the policy polls none any more', async () => {
    const { host, runtime, spawn } = byHand({ policy: neverPops() });
    const handle = spawn(() => 1);
    const ended = runtime.shutdown({ timeoutMs: 0 });
    for (let turn = 0; turn < 5; turn += 1) await host.advance(0).catch(() => undefined);
    await ended;
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('gives back what was given to a task that it abandons, and nothing twice', async () => {
    const { host, runtime, spawn } = byHand();
    const semaphore = new Semaphore(1);
    for (const count of [2, 1]) {
      spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          // Once the first has left, the second is given a permit, and is abandoned before it sees it.
          yield* semaphore.acquireMany(count);
        }
      });
    }
    await host.settle();
    const ended = runtime.shutdown({ timeoutMs: 1 });
    await host.advance(1);
    await ended;
    expect([semaphore.availablePermits(), runtime.metrics().abandonedTasksCount]).toEqual([1, 2]);
  });

  it('does not give back what an abandoned task has taken', async () => {
    const runtime = new Runtime();
    const semaphore = new Semaphore(1);
    const taken = semaphore.tryAcquire().unwrap();
    runtime.spawn(function* () {
      try {
        yield* sleep(60_000);
      } finally {
        const waiting = semaphore.acquire();
        setImmediate(() => taken.release());
        yield* waiting;
        for (;;) yield* yieldNow();
      }
    });
    await sleep(1);
    await runtime.shutdown({ timeoutMs: 20 });
    expect([semaphore.availablePermits(), runtime.metrics().abandonedTasksCount]).toEqual([0, 1]);
  });

  it('gives a task that ends in time its own outcome, and withdraws the timer', async () => {
    const { host, runtime, spawn } = byHand();
    const value = spawn(function* () {
      runtime.metrics();
      return 'value';
    });
    await host.settle();
    const throws = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
        throw new Error('cleanup');
      }
    });
    await host.settle();
    const ended = runtime.shutdown({ timeoutMs: 10 });
    await host.settle();
    await ended;
    expect([await outcomeOf(value), await outcomeOf(throws)]).toEqual(['value', 'panic cleanup']);
    expect(host.pendingTimers).toBe(0);
  });

  it('is refused to its own tasks, and allowed to those of another runtime', async () => {
    const [own, other] = [byHand(), byHand()];
    const refused = own.spawn(async () => {
      await yieldNow();
      await own.runtime.shutdown();
    });
    await own.host.settle();
    expect(await outcomeOf(refused)).toBe(
      'panic Runtime.shutdown: called from a task of this runtime, which would wait for itself.',
    );
    const allowed = other.spawn(() => own.runtime.shutdown());
    await other.host.settle();
    expect(await outcomeOf(allowed)).toBe('undefined');
  });

  it('may be asked for twice, at once and again, and by `await using`', async () => {
    const { host, runtime, spawn } = byHand();
    spawn(() => sleep(1000));
    await host.settle();
    const both = Promise.all([runtime.shutdown(), runtime.shutdown()]);
    await host.settle();
    await both;
    await runtime[Symbol.asyncDispose]();
  });

  it.each([
    ['timeoutMs', { timeoutMs: -1 }],
    ['timeoutMs', { timeoutMs: 'soon' }],
    ['timeout', { timeout: 1 }],
  ])('refuses a wrong %s by its name: %j', (name, options) => {
    expect(() => byHand().runtime.shutdown(options as never)).toThrow(name);
  });
});

/** A policy that takes tasks, and throws when it is asked for one. */
function neverPops(): Policy {
  return {
    lifoSlot: false,
    size: 0,
    push: () => undefined,
    pop: () => {
      throw new Error('pop failed');
    },
    remove: () => false,
  };
}
