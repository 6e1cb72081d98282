import { main, spawn } from '@heddle/runtime';
import { Notify, watch } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { refusingRuntime } from '../../sync/refusing-policy.js';

/** What tokio promises of its Notify in its own tests, row by row. Over each test stands its source. */

// sync_notify.rs: notify_notified_one, test_notify_one_not_enabled
test('notify/1 a notification before anybody waits is remembered for the next who does', () => {
  const notify = new Notify();
  const made = step(notify.notified());
  notify.notifyOne();
  expect(step(notify.notified()).poll()).toBe(undefined);
  expect(made.poll()).toBe(PENDING);
});

// sync_notify.rs: notified_one_notify, notified_multi_notify
test('notify/2 notifyOne wakes the one who has waited longest and nobody else', () => {
  const notify = new Notify();
  const [first, second] = [step(notify.notified()), step(notify.notified())];
  expect([first.poll(), second.poll()]).toEqual([PENDING, PENDING]);
  notify.notifyOne();
  expect([first.isWoken(), second.isWoken()]).toEqual([true, false]);
  expect([first.poll(), second.poll()]).toEqual([undefined, PENDING]);
});

// sync_notify.rs: notify_multi_notified_one, notify_notified_multi
test('notify/2 however often notifyOne is called while nobody waits, one notification is remembered', () => {
  const notify = new Notify();
  for (let n = 0; n < 3; n += 1) notify.notifyOne();
  const [first, second] = [step(notify.notified()), step(notify.notified())];
  expect([first.poll(), second.poll()]).toEqual([undefined, PENDING]);
  notify.notifyOne();
  expect(second.isWoken()).toBe(true);
  expect(second.poll()).toBe(undefined);
});

// sync_notify.rs: notified_drop_notified_notify
test('notify/3 a waiter that is left leaves the line', () => {
  const notify = new Notify();
  const [left, stays] = [step(notify.notified()), step(notify.notified())];
  expect(left.poll()).toBe(PENDING);
  left.drop();
  expect(stays.poll()).toBe(PENDING);
  notify.notifyOne();
  expect(stays.isWoken()).toBe(true);
  expect(stays.poll()).toBe(undefined);
});

// sync_notify.rs: notified_multi_notify_drop_one, notified_multi_notify_one_drop
test('notify/4 what notifyOne gave to a waiter that is left goes to the one who has waited longest then', () => {
  const notify = new Notify();
  const [first, second, third] = threeInLine(notify);
  notify.notifyOne();
  expect([first.isWoken(), second.isWoken(), third.isWoken()]).toEqual([true, false, false]);
  first.drop();
  expect([second.isWoken(), third.isWoken()]).toEqual([true, false]);
  second.drop();
  third.drop();
  expect(step(notify.notified()).poll()).toBe(undefined);
});

// sync_notify.rs: notified_multi_notify_last_drop
test('notify/4 what notifyLast gave to a waiter that is left goes to the one who came last then', () => {
  const notify = new Notify();
  const [first, second, third] = threeInLine(notify);
  notify.notifyLast();
  expect([first.isWoken(), second.isWoken(), third.isWoken()]).toEqual([false, false, true]);
  third.drop();
  expect([first.isWoken(), second.isWoken()]).toEqual([false, true]);
  expect([first.poll(), second.poll()]).toEqual([PENDING, undefined]);
});

// sync_notify.rs: notify_one_after_dropped_all
test('notify/5 a waiter that notifyWaiters has reached, and that is then left, swallows no later notifyOne', () => {
  const notify = new Notify();
  const reached = step(notify.notified());
  expect(reached.poll()).toBe(PENDING);
  notify.notifyWaiters();
  notify.notifyOne();
  reached.drop();
  const next = step(notify.notified());
  expect(next.poll()).toBe(undefined);
  expect(step(notify.notified()).poll()).toBe(PENDING);
});

// sync_notify.rs: test_notify_one_after_enable, test_poll_after_enable
test('notify/6 enable joins the line without a poll, and a notification is its from then on', () => {
  const notify = new Notify();
  const enabled = notify.notified();
  expect(enabled.enable()).toBe(false);
  notify.notifyOne();
  expect(step(enabled).poll()).toBe(undefined);
  expect(step(notify.notified()).poll()).toBe(PENDING);
});

// sync_notify.rs: test_enable_after_poll, test_enable_consumes_permit
test('notify/6 enable says whether there was a notification, and has used it up', () => {
  const notify = new Notify();
  notify.notifyOne();
  const first = notify.notified();
  expect([first.enable(), first.enable()]).toEqual([true, true]);
  const second = notify.notified();
  expect(second.enable()).toBe(false);
  expect(step(first).poll()).toBe(undefined);
  const waiting = step(second);
  expect(waiting.poll()).toBe(PENDING);
  expect(second.enable()).toBe(false);
  notify.notifyOne();
  expect(waiting.isWoken()).toBe(true);
  expect(second.enable()).toBe(true);
  expect(waiting.poll()).toBe(undefined);
});

// sync_notify.rs: test_waker_update
test('notify/7 who polled last is woken, and nobody who polled before', () => {
  const notify = new Notify();
  let inside: Iterator<unknown, unknown> | undefined;
  // `yield*` hands on what it is given, so the one operation can be polled from two places.
  const passedOn = {
    [Symbol.iterator]: () => {
      inside ??= notify.notified()[Symbol.iterator]();
      return { next: (sent: unknown) => inside?.next(sent) as IteratorResult<never, void> };
    },
  };
  const place = () =>
    step(
      (function* () {
        yield* passedOn;
      })(),
    );
  const [before, last] = [place(), place()];
  expect([before.poll(), last.poll()]).toEqual([PENDING, PENDING]);
  notify.notifyOne();
  expect([before.isWoken(), last.isWoken()]).toEqual([false, true]);
  expect(last.poll()).toBe(undefined);
});

// notify.rs: notify_waiters_handles_panicking_waker
test('notify/8 a wake that throws during notifyWaiters keeps nobody else from being notified, and is told to who called', () => {
  const { host, spawn, refuse } = refusingRuntime();
  const notify = new Notify();
  const waiting = () =>
    spawn(function* () {
      yield* notify.notified();
    });
  const tasks = [waiting(), waiting(), waiting()] as const;
  host.runUntilIdle();
  refuse(tasks[0]);
  expect(() => notify.notifyWaiters()).toThrow('not in my queue');
  host.runUntilIdle();
  expect(tasks.map((task) => task.isFinished())).toEqual([true, true, true]);
});

// notify.rs: watch_test
test('notify/9 a task that sends wakes the changed() of the root', async () => {
  let seen: unknown;
  await main(async () => {
    const [tx, rx] = watch(0);
    spawn(() => tx.send(1));
    await rx.changed();
    seen = rx.borrow();
  });
  expect(seen).toBe(1);
});

function threeInLine(notify: Notify) {
  const line = [step(notify.notified()), step(notify.notified()), step(notify.notified())] as const;
  for (const waiting of line) expect(waiting.poll()).toBe(PENDING);
  return line;
}
