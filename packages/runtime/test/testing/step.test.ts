import { join, sleep, timeout, yieldNow } from '@heddle/runtime';
import { mpsc, Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';

describe('a step', () => {
  test('does nothing before its first poll', () => {
    const semaphore = new Semaphore(1);
    const acquiring = step(semaphore.acquire());
    expect([semaphore.availablePermits(), acquiring.isWoken(), acquiring.isEnded()]).toEqual([
      1,
      false,
      false,
    ]);
  });

  test('gives its value at a poll, and says who woke it', () => {
    const [tx, rx] = mpsc.channel<string>(1);
    const receiving = step(rx.recv());
    expect([receiving.poll(), receiving.isWoken()]).toEqual([PENDING, false]);
    expect(receiving.poll()).toBe(PENDING);
    tx.trySend('a').unwrap();
    expect([receiving.isWoken(), receiving.isEnded()]).toEqual([true, false]);
    expect([receiving.poll(), receiving.isWoken(), receiving.isEnded()]).toEqual(['a', false, true]);
  });

  test('is not polled again after its end', () => {
    const given = step(new Semaphore(1).acquire());
    given.poll();
    expect(() => given.poll()).toThrow(
      new Error('step.poll: semaphore.acquire() has ended and is not polled again.'),
    );
  });

  test('throws what its branch throws, and has ended then', () => {
    const semaphore = new Semaphore(0);
    const acquiring = step(semaphore.acquire());
    acquiring.poll();
    semaphore.close();
    expect(acquiring.isWoken()).toBe(true);
    expect(() => acquiring.poll()).toThrow('closed');
    expect([acquiring.isEnded(), acquiring.drop()]).toEqual([true, true]);
  });

  test('says what it waits for where there had to be a value', () => {
    const [, rx] = mpsc.channel<string>(1);
    const receiving = step(rx.recv());
    expect(receiving.what).toBe('receiver.recv()');
    expect(() => receiving.pollReady()).toThrow(
      new Error('step.pollReady: receiver.recv() has no value yet.'),
    );
  });

  test('hands on what it was woken with when it is dropped', () => {
    const semaphore = new Semaphore(0);
    const first = step(semaphore.acquire());
    const second = step(semaphore.acquire());
    first.poll();
    second.poll();
    semaphore.addPermits(1);
    expect([first.isWoken(), second.isWoken()]).toEqual([true, false]);
    expect(first.drop()).toBe(true);
    expect([second.isWoken(), second.poll() === PENDING]).toEqual([true, false]);
  });

  test('takes a generator, whose cleanup may wait', () => {
    const semaphore = new Semaphore(0);
    const lines: string[] = [];
    const body = step(
      (function* () {
        try {
          yield* yieldNow();
          lines.push('yielded');
          yield* semaphore.acquire();
        } finally {
          lines.push('cleaning');
          yield* semaphore.acquire();
          lines.push('clean');
        }
      })(),
    );
    expect([body.poll(), body.isWoken()]).toEqual([PENDING, true]);
    expect([body.poll(), body.isWoken()]).toEqual([PENDING, false]);
    expect([body.drop(), body.isEnded()]).toEqual([false, false]);
    expect(() => body.poll()).toThrow('has ended');
    semaphore.addPermits(1);
    expect([body.isWoken(), body.drop(), body.isEnded()]).toEqual([true, true, true]);
    expect(lines).toEqual(['yielded', 'cleaning', 'clean']);
  });

  test('takes a combinator, whose branches wake it', () => {
    const semaphore = new Semaphore(0);
    const both = step(join(semaphore.acquire(), semaphore.acquire()));
    expect(both.poll()).toBe(PENDING);
    semaphore.addPermits(1);
    expect([both.isWoken(), both.poll()]).toEqual([true, PENDING]);
    semaphore.addPermits(1);
    expect([both.isWoken(), both.pollReady().length]).toEqual([true, 2]);
  });

  test('has the clock of the task in which its operation was made', async () => {
    const { host, spawn } = byHand();
    const task = spawn(function* () {
      yield* yieldNow();
      return { rest: step(sleep(100)), limited: step(timeout(50, new Semaphore(0).acquire())) };
    });
    host.runUntilIdle();
    const { rest, limited } = (await task).unwrap();
    expect([rest.poll(), limited.poll()]).toEqual([PENDING, PENDING]);
    await host.advance(99);
    expect([rest.isWoken(), limited.isWoken()]).toEqual([false, true]);
    expect(limited.pollReady()).toMatchObject({ ok: false });
    await host.advance(1);
    expect([rest.isWoken(), rest.poll()]).toEqual([true, undefined]);
  });

  test('uses the budget of the task in which it is polled, and its own outside any', async () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(1000);
    function* many() {
      for (let taken = 0; taken < 200; taken += 1) yield* semaphore.acquire();
      return 'all';
    }
    const polls = (): unknown[] => {
      const body = step(many());
      return [body.poll(), body.isWoken(), body.poll()];
    };
    const task = spawn(function* () {
      return polls();
    });
    expect(polls()).toEqual([PENDING, true, 'all']);
    host.runUntilIdle();
    expect((await task).unwrap()).toEqual([PENDING, true, PENDING]);
  });

  test('polls another one inside itself, and each hears of its own wake', () => {
    const semaphore = new Semaphore(0);
    const inner = step(semaphore.acquire());
    const outer = step(
      (function* () {
        expect(inner.poll()).toBe(PENDING);
        yield* semaphore.acquire();
      })(),
    );
    expect(outer.poll()).toBe(PENDING);
    semaphore.addPermits(1);
    expect([inner.isWoken(), outer.isWoken()]).toEqual([true, false]);
  });
});
