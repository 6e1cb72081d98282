import { type Branch, select, setPanicHook, yieldNow } from '@heddle/runtime';
import { ChannelClosed, watch } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of its watch channel in its own tests, row by row. Over each test stands its source. */

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

// sync_watch.rs: single_rx_recv
test('watch/1 the first value counts as seen, a send wakes changed(), and the last value can be read after the close', () => {
  const [tx, rx] = watch('one');
  const first = step(rx.changed());
  expect(first.poll()).toBe(PENDING);
  expect(rx.borrow()).toBe('one');
  tx.send('two');
  expect(first.isWoken()).toBe(true);
  first.pollReady();
  expect(rx.borrow()).toBe('two');
  const second = step(rx.changed());
  expect(second.poll()).toBe(PENDING);
  tx.close();
  expect(second.isWoken()).toBe(true);
  expect(() => second.poll()).toThrow(ChannelClosed);
  expect(rx.borrow()).toBe('two');
});

// sync_watch.rs: rx_observes_final_value, changed_succeeds_on_closed_channel_with_unseen_value, changed_errors_on_closed_channel…
test('watch/2 changed() tells of a last value that was not seen, and throws only after that', () => {
  const [tx, rx] = watch('one');
  tx.send('two');
  tx.close();
  step(rx.changed()).pollReady();
  expect(rx.borrow()).toBe('two');
  expect(() => step(rx.changed()).poll()).toThrow(ChannelClosed);

  const [other, seen] = watch('one');
  other.close();
  expect(() => step(seen.changed()).poll()).toThrow(ChannelClosed);
});

// sync_watch.rs: has_changed_errors_on_closed_channel_with_unseen_value, …_with_seen_value
test('watch/3 hasChanged() throws when closed, and then also where the last value was not seen', () => {
  const [tx, rx] = watch('one');
  expect(rx.hasChanged()).toBe(false);
  tx.send('two');
  expect(rx.hasChanged()).toBe(true);
  tx.close();
  expect(() => rx.hasChanged()).toThrow(ChannelClosed);
  rx.markUnchanged();
  expect(() => rx.hasChanged()).toThrow(ChannelClosed);
});

// sync_watch.rs: wait_for_errors_on_closed_channel_true_predicate, …_false_predicate
test('watch/4 waitFor() gives the last value of a closed channel where it is the one, and else throws', () => {
  const [tx, rx] = watch('one');
  tx.close();
  expect(step(rx.waitFor((word) => word === 'one')).pollReady()).toBe('one');
  expect(() => step(rx.waitFor((word) => word === 'two')).poll()).toThrow(ChannelClosed);
});

// sync_watch.rs: poll_close. Here send throws, and the receiver goes by a call.
test('watch/5 closed() ends when all receivers have gone, and a send then throws', ({ task }) => {
  deviates(task, 'closedThrows');
  const [tx, rx1] = watch('one');
  const rx2 = rx1.clone();
  const waiting = step(tx.closed());
  expect(waiting.poll()).toBe(PENDING);
  rx1.close();
  expect([waiting.isWoken(), tx.isClosed()]).toEqual([false, false]);
  rx2[Symbol.dispose]();
  expect([waiting.isWoken(), tx.isClosed()]).toEqual([true, true]);
  waiting.pollReady();
  expect(() => tx.send('two')).toThrow(expect.objectContaining({ name: 'ChannelClosed', value: 'two' }));
  expect(tx.borrow()).toBe('one');
});

// sync_watch.rs: reopened_after_subscribe
test('watch/5 subscribe() opens the channel again', () => {
  const [tx, rx] = watch('one');
  rx.close();
  expect(tx.isClosed()).toBe(true);
  const again = tx.subscribe();
  expect(tx.isClosed()).toBe(false);
  tx.send('two');
  expect([again.hasChanged(), again.borrow()]).toEqual([true, 'two']);
  again.close();
  expect(tx.isClosed()).toBe(true);
});

// sync_watch.rs: borrow_and_update
test('watch/6 borrowAndUpdate() marks the value as seen, so that changed() waits for another', () => {
  const [tx, rx] = watch('one');
  tx.send('two');
  step(rx.changed()).pollReady();
  expect(step(rx.changed()).poll()).toBe(PENDING);
  tx.send('three');
  expect(rx.borrowAndUpdate()).toBe('three');
  expect(step(rx.changed()).poll()).toBe(PENDING);
  tx.close();
  expect(rx.borrowAndUpdate()).toBe('three');
  expect(() => step(rx.changed()).poll()).toThrow(ChannelClosed);
});

// sync_watch.rs: multiple_sender, receiver_is_notified_when_last_sender_is_dropped
test('watch/7 each sender tells, and only the last one’s end closes', () => {
  const [tx1, rx] = watch(0);
  const tx2 = tx1.clone();
  expect(tx1.senderCount()).toBe(2);
  let waiting = step(rx.changed());
  expect(waiting.poll()).toBe(PENDING);
  tx1.send(1);
  waiting.pollReady();
  waiting = step(rx.changed());
  expect(waiting.poll()).toBe(PENDING);
  tx2.send(2);
  expect(waiting.isWoken()).toBe(true);
  waiting.pollReady();
  waiting = step(rx.changed());
  expect(waiting.poll()).toBe(PENDING);
  tx1.close();
  expect(waiting.isWoken()).toBe(false);
  tx2.close();
  expect(waiting.isWoken()).toBe(true);
  expect(() => waiting.poll()).toThrow(ChannelClosed);
});

// sync_watch.rs: receiver_changed_is_cooperative, receiver_changed_is_cooperative_ok, receiver_wait_for_is_cooperative,
// receiver_wait_for_is_cooperative_ok, sender_closed_is_cooperative
test.each<[string, () => () => Branch<unknown>]>([
  [
    'changed()',
    () => {
      const [tx, rx] = watch(0);
      return () => {
        tx.send(1);
        return rx.changed();
      };
    },
  ],
  [
    'waitFor()',
    () => {
      const [, rx] = watch(0);
      return () => rx.waitFor(() => true);
    },
  ],
  [
    'closed()',
    () => {
      const [tx, rx] = watch(0);
      rx.close();
      return () => tx.closed();
    },
  ],
])('watch/8 a branch that always finds %s ready lets another one win', (_, make) => {
  const { host, spawn } = byHand();
  const again = make();
  const task = spawn(function* () {
    const { key } = yield* select(
      {
        greedy: (function* () {
          for (;;) yield* again() as ReturnType<typeof yieldNow>;
        })(),
        polite: (function* () {
          for (let n = 0; n < 10; n += 1) yield* yieldNow();
        })(),
      },
      { biased: true },
    );
    return key;
  });
  for (let turn = 0; turn < 100 && !task.isFinished(); turn += 1) host.turn();
  expect(task.isFinished()).toBe(true);
});

// sync_watch.rs: receiver_changed_is_cooperative (the channel is closed, so each changed() fails at once)
test('watch/8 a branch that always finds changed() closed lets another one win', () => {
  const { host, spawn } = byHand();
  const [tx, rx] = watch(0);
  tx.close();
  const task = spawn(function* () {
    const { key } = yield* select(
      {
        greedy: (function* () {
          for (;;) {
            try {
              yield* rx.changed();
            } catch {
              // Closed, and asked again.
            }
          }
        })(),
        polite: (function* () {
          for (let n = 0; n < 10; n += 1) yield* yieldNow();
        })(),
      },
      { biased: true },
    );
    return key;
  });
  for (let turn = 0; turn < 100 && !task.isFinished(); turn += 1) host.turn();
  expect(task.isFinished()).toBe(true);
});
