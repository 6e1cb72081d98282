import { select, yieldNow } from '@heddle/runtime';
import { broadcast, ChannelClosed } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of its broadcast channel in its own tests, row by row. Over each test stands its source; "here"
 * says where this library decides otherwise, and then the test is of what it decides.
 */

const empty = { ok: false, error: 'empty' };
const closed = { ok: false, error: 'closed' };
const lagged = (missed: number) => ({ ok: false, error: { name: 'Lagged', code: 'ERR_LAGGED', missed } });
const value = (message: unknown) => ({ ok: true, value: message });

// sync_broadcast.rs: send_try_recv_bounded, send_two_recv
test('broadcast/1 send tells how many receivers there are, and each who was there gets the message', () => {
  const [tx, rx1] = broadcast<string>(16);
  const rx2 = tx.subscribe();
  expect([rx1.tryRecv(), rx2.tryRecv()]).toMatchObject([empty, empty]);
  expect(tx.send('hello')).toBe(2);
  const late = tx.subscribe();
  expect(rx1.tryRecv()).toMatchObject(value('hello'));
  expect(rx2.tryRecv()).toMatchObject(value('hello'));
  expect([rx1.tryRecv(), rx2.tryRecv(), late.tryRecv()]).toMatchObject([empty, empty, empty]);
});

// sync_broadcast.rs: send_recv_bounded, send_two_recv_bounded
test('broadcast/1 a receiver that waits is woken, and one that does not finds the message later', () => {
  const [tx, rx1] = broadcast<string>(16);
  const rx2 = tx.subscribe();
  const first = step(rx1.recv());
  const second = step(rx2.recv());
  expect([first.poll(), second.poll()]).toEqual([PENDING, PENDING]);
  tx.send('hello');
  expect([first.isWoken(), second.isWoken()]).toEqual([true, true]);
  expect([first.pollReady(), second.pollReady()]).toEqual(['hello', 'hello']);

  const waiting = step(rx1.recv());
  const idle = step(rx2.recv());
  expect(waiting.poll()).toBe(PENDING);
  tx.send('world');
  expect([waiting.isWoken(), idle.isWoken()]).toEqual([true, false]);
  expect([waiting.pollReady(), idle.pollReady()]).toEqual(['world', 'world']);
});

// sync_broadcast.rs: lagging_rx, lagged_count_matches_number_of_overwritten…
test('broadcast/2 a receiver that missed messages is told once how many, counted from where it stood', () => {
  const [tx, rx1] = broadcast<string>(2);
  const rx2 = tx.subscribe();
  tx.send('one');
  expect(rx1.tryRecv()).toMatchObject(value('one'));
  tx.send('two');
  expect(rx1.tryRecv()).toMatchObject(value('two'));
  tx.send('three');
  expect(rx2.tryRecv()).toMatchObject(lagged(1));
  expect(rx2.tryRecv()).toMatchObject(value('two'));
  expect(rx1.tryRecv()).toMatchObject(value('three'));
  tx.send('four');
  tx.send('five');
  expect(rx2.tryRecv()).toMatchObject(lagged(1));
  expect(rx2.tryRecv()).toMatchObject(value('four'));
  expect(rx1.tryRecv()).toMatchObject(value('four'));
});

// sync_broadcast.rs: capacity_overflow_reports_lagged_then_oldest_retained
test('broadcast/2 a second overflow before a read adds up, and one after it is told anew', async () => {
  const [tx, rx] = broadcast<number>(2);
  for (const n of [1, 2, 3, 4]) tx.send(n);
  tx.send(5);
  await expect(rx.recv()).rejects.toMatchObject({ name: 'Lagged', missed: 3 });
  for (const n of [6, 7, 8]) tx.send(n);
  await expect(rx.recv()).rejects.toMatchObject({ missed: 3 });
  expect([await rx.recv(), await rx.recv()]).toEqual([7, 8]);
});

// sync_broadcast.rs: lag_uses_power_of_two_buffer_length
test('broadcast/3 a capacity of three holds four', () => {
  const [tx, rx] = broadcast<number>(3);
  for (const n of [1, 2, 3, 4]) tx.send(n);
  expect(rx.tryRecv()).toMatchObject(value(1));
  tx.send(5);
  tx.send(6);
  expect(rx.tryRecv()).toMatchObject(lagged(1));
  expect(rx.tryRecv()).toMatchObject(value(3));
});

// sync_broadcast.rs: receiver_len_with_lagged
test('broadcast/4 len() of a receiver counts what it missed until it is told', () => {
  const [tx, rx] = broadcast<number>(3);
  for (const n of [10, 20, 30, 40]) tx.send(n);
  expect([rx.len(), rx.isEmpty()]).toEqual([4, false]);
  tx.send(50);
  expect(rx.len()).toBe(5);
  expect(rx.tryRecv()).toMatchObject(lagged(1));
  expect(rx.len()).toBe(4);
  for (const n of [20, 30, 40, 50]) expect(rx.tryRecv()).toMatchObject(value(n));
  expect([rx.len(), rx.isEmpty(), rx.tryRecv()]).toMatchObject([0, true, empty]);
});

// sync_broadcast.rs: receiver_len_after_lag_error_advances_cursor
test('broadcast/4 after it was told, len() counts what is still here', () => {
  const [tx, rx] = broadcast<number>(2);
  for (const n of [1, 2, 3, 4, 5]) tx.send(n);
  expect(rx.len()).toBe(5);
  expect(rx.tryRecv()).toMatchObject(lagged(3));
  expect(rx.len()).toBe(2);
});

// sync_broadcast.rs: send_no_rx. Here send throws.
test('broadcast/5 a send without receivers throws with the value, and who comes later gets later ones', ({
  task,
}) => {
  deviates(task, 'closedThrows');
  const [tx, rx] = broadcast<string>(16);
  rx.close();
  expect(() => tx.send('nobody')).toThrow(
    expect.objectContaining({ name: 'ChannelClosed', value: 'nobody' }),
  );
  const later = tx.subscribe();
  expect(later.tryRecv()).toMatchObject(empty);
  expect(tx.send('somebody')).toBe(1);
  expect(later.tryRecv()).toMatchObject(value('somebody'));
});

// sync_broadcast.rs: zero_capacity, capacity_too_big
test('broadcast/6 a capacity of none, or of more than can be, throws', () => {
  for (const capacity of [0, -1, 2 ** 30 + 1, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(() => broadcast(capacity)).toThrow(RangeError);
  }
  expect(() => broadcast(2 ** 30)).not.toThrow();
});

// sync_broadcast.rs: single_capacity_recvs. Here the end is undefined.
test('broadcast/7 what is kept is received before the end', async ({ task }) => {
  deviates(task, 'doneIsUndefined');
  const [tx, rx] = broadcast<number>(1);
  tx.send(1);
  tx.close();
  expect([await rx.recv(), await rx.recv()]).toEqual([1, undefined]);
});

// sync_broadcast.rs: single_capacity_recvs_after_drop_1, single_capacity_recvs_after_drop_2, dropping_sender_does_not_overwrite
test('broadcast/7 so is what was missed, and the close writes over nothing', () => {
  const [tx, rx] = broadcast<number>(1);
  tx.send(1);
  tx.send(2);
  tx.close();
  expect(rx.tryRecv()).toMatchObject(lagged(1));
  expect(rx.tryRecv()).toMatchObject(value(2));
  expect(rx.tryRecv()).toMatchObject(closed);

  const [full, reader] = broadcast<string>(2);
  full.send('one');
  full.send('two');
  full.close();
  expect([reader.tryRecv(), reader.tryRecv(), reader.tryRecv()]).toMatchObject([
    value('one'),
    value('two'),
    closed,
  ]);
});

// sync_broadcast.rs: lagging_receiver_recovers_after_wrap_closed_1, …_2, …_open
test.each([
  [1, true],
  [2, true],
  [1, false],
  [2, false],
])(
  'broadcast/8 after the buffer of %i wrapped comes how many were missed, what is kept, and then the end (closed: %s)',
  (capacity, closes) => {
    const [tx, rx] = broadcast<number>(capacity);
    for (let n = 0; n <= capacity; n += 1) tx.send(n);
    if (closes) tx.close();
    expect(rx.tryRecv()).toMatchObject(lagged(1));
    for (let n = 1; n <= capacity; n += 1) expect(rx.tryRecv()).toMatchObject(value(n));
    expect(rx.tryRecv()).toMatchObject(closes ? closed : empty);
  },
);

// sync_broadcast.rs: sender_len
test('broadcast/9 len() of a sender is what the slowest receiver has not seen', () => {
  const [tx, rx1] = broadcast<number>(4);
  const rx2 = tx.subscribe();
  expect([tx.len(), tx.isEmpty()]).toEqual([0, true]);
  for (const n of [1, 2, 3]) tx.send(n);
  expect([tx.len(), tx.isEmpty()]).toEqual([3, false]);
  rx1.tryRecv().unwrap();
  rx1.tryRecv().unwrap();
  expect(tx.len()).toBe(3);
  rx2.tryRecv().unwrap();
  expect(tx.len()).toBe(2);
  for (const n of [4, 5, 6]) tx.send(n);
  expect(tx.len()).toBe(4);
  rx2.close();
  expect(tx.len()).toBe(4);
  rx1.close();
  expect(tx.len()).toBe(0);
});

// sync_broadcast.rs: sender_len_random
test('broadcast/9 whatever is sent and received', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2), { maxLength: 200 }), (steps) => {
      const [tx, rx1] = broadcast<number>(16);
      const rx2 = tx.subscribe();
      for (const which of steps) {
        if (which === 0) rx1.tryRecv();
        else if (which === 1) rx2.tryRecv();
        else tx.send(0);
        expect(tx.len()).toBe(Math.min(Math.max(rx1.len(), rx2.len()), 16));
      }
    }),
  );
});

// sync_broadcast.rs: receiver_recv_is_cooperative
test('broadcast/10 a branch that sends and receives for ever lets another one win', () => {
  const { host, spawn } = byHand();
  const [tx, rx] = broadcast<number>(8);
  const task = spawn(function* () {
    const { key } = yield* select(
      {
        greedy: (function* () {
          for (;;) {
            tx.send(0);
            yield* rx.recv();
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

// sync_broadcast.rs: broadcast_sender_closed
test('broadcast/11 closed() ends when the last receiver goes', () => {
  const [tx, rx1] = broadcast<number>(10);
  const rx2 = tx.subscribe();
  const waiting = step(tx.closed());
  expect(waiting.poll()).toBe(PENDING);
  rx1.close();
  expect([waiting.isWoken(), waiting.poll(), tx.receiverCount()]).toEqual([false, PENDING, 1]);
  rx2.close();
  expect(waiting.isWoken()).toBe(true);
  waiting.pollReady();
});

// sync_broadcast.rs: broadcast_sender_closed_with_extra_subscribe
test('broadcast/11 closed() waits on when somebody subscribed before it looked', () => {
  const [tx, rx1] = broadcast<number>(10);
  const waiting = step(tx.closed());
  expect(waiting.poll()).toBe(PENDING);
  rx1.close();
  expect(waiting.isWoken()).toBe(true);
  const rx2 = tx.subscribe();
  expect(waiting.poll()).toBe(PENDING);
  rx2.close();
  expect(waiting.isWoken()).toBe(true);
  waiting.pollReady();
});

// sync_broadcast.rs: broadcast_sender_new_must_be_closed. Here a sender without receivers is one whose receiver was closed.
test('broadcast/11 closed() of a sender that has no receiver ends at once', () => {
  const [tx, rx] = broadcast<number>(10);
  rx.close();
  step(tx.closed()).pollReady();
  expect(tx.receiverCount()).toBe(0);
  expect(() => tx.send(1)).toThrow(ChannelClosed);
});
