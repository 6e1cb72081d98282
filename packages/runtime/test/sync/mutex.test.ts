import { sleep, yieldNow } from '@heddle/runtime';
import { Mutex } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeAll(silencePanics.begin);
afterAll(silencePanics.end);

describe('a mutex', () => {
  test('keeps a change of several steps whole, for generators and async functions', async () => {
    const { host, spawn } = byHand();
    const counter = new Mutex(0);
    for (let n = 0; n < 10; n += 1) {
      spawn(function* () {
        const guard = yield* counter.lock();
        const before = guard.value;
        yield* yieldNow();
        guard.value = before + 1;
        guard.release();
      });
      spawn(async () => {
        const guard = await counter.lock();
        const before = guard.value;
        await yieldNow();
        guard.value = before + 1;
        guard.release();
      });
    }
    await host.settle();
    expect(counter.tryLock().unwrap().value).toBe(20);
  });

  test('goes to the next when the task to which it was handed is aborted before it runs', async () => {
    for (const form of ['generator', 'async'] as const) {
      const { host, spawn } = byHand();
      const mutex = new Mutex('free');
      const held = mutex.tryLock().unwrap();
      const handed =
        form === 'generator'
          ? spawn(function* () {
              yield* mutex.lock();
            })
          : spawn(async () => {
              await mutex.lock();
            });
      const next = spawn(function* () {
        const guard = yield* mutex.lock();
        guard.release();
        return 'next';
      });
      await host.settle();
      held.release();
      handed.abort();
      await host.settle();
      expect([await outcomeOf(handed), await outcomeOf(next)]).toEqual(['cancelled', 'next']);
      expect(mutex.tryLock().ok).toBe(true);
    }
  });

  test('is released by the finally of a task that is aborted or panics while it holds it', async () => {
    const { host, spawn } = byHand();
    const mutex = new Mutex(0);
    const panics = spawn(function* () {
      const guard = yield* mutex.lock();
      try {
        guard.value += 1;
        throw new Error('in the middle');
      } finally {
        guard.release();
      }
    });
    const aborted = spawn(function* () {
      const guard = yield* mutex.lock();
      try {
        guard.value += 1;
        yield* sleep(1_000);
      } finally {
        guard.release();
      }
    });
    host.runUntilIdle();
    expect(mutex.tryLock().ok).toBe(false);
    aborted.abort();
    host.runUntilIdle();
    expect([await outcomeOf(aborted), await outcomeOf(panics)]).toEqual(['cancelled', 'panic in the middle']);
    expect(mutex.tryLock().unwrap().value).toBe(2);
  });

  test('is not taken from its next holder by a guard that is released twice', () => {
    const mutex = new Mutex(0);
    const first = mutex.tryLock().unwrap();
    first.release();
    const second = mutex.tryLock().unwrap();
    first.release();
    first[Symbol.dispose]();
    expect(mutex.tryLock().ok).toBe(false);
    second[Symbol.dispose]();
    expect(mutex.tryLock().ok).toBe(true);
  });

  test('is out of the reach of a guard that was released', () => {
    const guard = new Mutex(0).tryLock().unwrap();
    guard.release();
    const message = 'mutexGuard.value: this guard was released before. Lock again for another.';
    expect(() => guard.value).toThrow(new TypeError(message));
    expect(() => {
      guard.value = 1;
    }).toThrow(new TypeError(message));
  });

  test('says what a task that locks it twice waits for', () => {
    const mutex = new Mutex(0);
    mutex.tryLock().unwrap();
    const again = step(mutex.lock());
    expect([again.poll(), again.what]).toEqual([PENDING, 'mutex.lock()']);
  });

  test('suspends a task that always finds it free once the poll has used up its budget', () => {
    const { host, spawn } = byHand();
    const mutex = new Mutex(0);
    const lines: string[] = [];
    spawn(function* () {
      for (let n = 0; n < 129; n += 1) (yield* mutex.lock()).release();
      lines.push('locked 129 times');
    });
    spawn(function* () {
      lines.push('the other');
    });
    host.runUntilIdle();
    expect(lines).toEqual(['the other', 'locked 129 times']);
  });
});
