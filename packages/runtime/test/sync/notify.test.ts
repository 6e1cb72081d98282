import { select } from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('a notify', () => {
  test('notifyWaiters reaches whoever waits and whoever was about to, and nobody who comes later', () => {
    const notify = new Notify();
    const waits = step(notify.notified());
    expect(waits.poll()).toBe(PENDING);
    const about = notify.notified();
    notify.notifyWaiters();
    expect(waits.isWoken()).toBe(true);
    expect([waits.poll(), step(about).poll()]).toEqual([undefined, undefined]);
    expect(step(notify.notified()).poll()).toBe(PENDING);
  });

  test('hands on what it gave to a task that is aborted before it runs, in both forms of a task', async () => {
    for (const form of ['generator', 'async'] as const) {
      const { host, spawn } = byHand();
      const notify = new Notify();
      const waiting = () =>
        form === 'generator'
          ? spawn(function* () {
              yield* notify.notified();
            })
          : spawn(async () => {
              await notify.notified();
            });
      const [first, second] = [waiting(), waiting()];
      await host.settle();
      notify.notifyOne();
      first.abort();
      await host.settle();
      expect([await outcomeOf(first), await outcomeOf(second)]).toEqual(['cancelled', 'undefined']);
    }
  });

  test('hands on what it gave to a branch that has lost', async () => {
    const { host, spawn } = byHand();
    const notify = new Notify();
    const first = new Notify();
    const selecting = spawn(function* () {
      const branches = { first: first.notified(), notified: notify.notified() };
      return (yield* select(branches, { biased: true })).key;
    });
    const other = spawn(function* () {
      yield* notify.notified();
      return 'other';
    });
    host.runUntilIdle();
    first.notifyOne();
    notify.notifyOne();
    host.runUntilIdle();
    expect([await outcomeOf(selecting), await outcomeOf(other)]).toEqual(['first', 'other']);
  });

  test('keeps a place in line for who has enabled, until he withdraws', () => {
    const notify = new Notify();
    const enabled = notify.notified();
    const other = step(notify.notified());
    expect(enabled.enable()).toBe(false);
    expect(other.poll()).toBe(PENDING);
    notify.notifyOne();
    expect(other.isWoken()).toBe(false);
    enabled.withdraw();
    expect(other.isWoken()).toBe(true);
    enabled.withdraw();
    enabled[Symbol.dispose]();
    expect(other.poll()).toBe(undefined);
    expect(step(notify.notified()).poll()).toBe(PENDING);
  });

  test('lets who has withdrawn stand in line again', () => {
    const notify = new Notify();
    const notified = notify.notified();
    notified.enable();
    notified.withdraw();
    notify.notifyOne();
    expect(step(notified).poll()).toBe(undefined);
  });

  test('leaves an operation alone that is in use', () => {
    const notify = new Notify();
    const notified = notify.notified();
    const waiting = step(notified);
    expect(waiting.poll()).toBe(PENDING);
    notified.withdraw();
    notify.notifyOne();
    expect(waiting.isWoken()).toBe(true);
    expect(waiting.poll()).toBe(undefined);
    notified.withdraw();
    expect(step(notify.notified()).poll()).toBe(PENDING);
  });

  test('says what is waited for', () => {
    expect(step(new Notify().notified()).what).toBe('notify.notified()');
  });
});
