import { setPanicHook } from '@heddle/runtime';
import { ChannelClosed, mpsc } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/**
 * What tokio promises of its mpsc channels in its own tests, row by row. Over each test stands its source; "here" says
 * where this library decides otherwise, and then the test is of what it decides.
 */
beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

// sync_mpsc.rs: send_recv_with_buffer, async_send_recv_with_buffer, send_recv_stream_with_buffer. Here the end is undefined.
test('mpsc/1 a bounded channel gives in the order of send, trySend and reserve, and then undefined', async ({
  task,
}) => {
  deviates(task, 'doneIsUndefined');
  const [tx, rx] = mpsc.channel<number>(16);
  (await tx.reserve()).send(1);
  await tx.send(2);
  tx.trySend(3).unwrap();
  tx.tryReserve().unwrap().send(4);
  tx.close();
  const got: number[] = [];
  for await (const message of rx) got.push(message);
  expect(got).toEqual([1, 2, 3, 4]);
  expect(await rx.recv()).toBe(undefined);
});

// sync_mpsc.rs: send_recv_unbounded, async_send_recv_unbounded, send_recv_stream_unbounded
test('mpsc/1 an unbounded channel gives in the order of send, and ends', () => {
  const { host, spawn } = byHand();
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const got: unknown[] = [];
  spawn(function* () {
    for (let n = 0; n < 3; n += 1) got.push(yield* rx.recv());
  });
  host.runUntilIdle();
  tx.send(1);
  tx.send(2);
  tx.close();
  host.runUntilIdle();
  expect(got).toEqual([1, 2, undefined]);
});

// sync_mpsc.rs: async_send_recv_many_with_buffer, send_recv_many_unbounded
test.each([
  ['bounded', () => mpsc.channel<number>(2)],
  ['unbounded', () => mpsc.unboundedChannel<number>()],
] as const)(
  'mpsc/2 recvMany on a %s channel takes what is there up to its limit, at once for 0, and gives 0 at the end',
  async (_, make) => {
    const [tx, rx] = make();
    const buffer: number[] = [];
    expect(step(rx.recvMany(buffer, 0)).pollReady()).toBe(0);
    const waiting = step(rx.recvMany(buffer, 10));
    expect(waiting.poll()).toBe(PENDING);
    put(tx, 1);
    expect(waiting.isWoken()).toBe(true);
    expect(waiting.pollReady()).toBe(1);
    for (const n of [2, 3]) put(tx, n);
    expect(step(rx.recvMany(buffer, 1)).pollReady()).toBe(1);
    expect(step(rx.recvMany(buffer, 9)).pollReady()).toBe(1);
    tx.close();
    expect(step(rx.recvMany(buffer, 9)).pollReady()).toBe(0);
    expect(buffer).toEqual([1, 2, 3]);
  },
);

// sync_mpsc.rs: recv_many_with_non_empty_buffer_bounded_rx_closed_and_idle, …unbounded_rx_closed_and_idle
test.each([
  ['bounded', () => mpsc.channel<string>(2)],
  ['unbounded', () => mpsc.unboundedChannel<string>()],
] as const)(
  'mpsc/3 recvMany on a closed idle %s channel gives 0 and leaves what is in the buffer alone',
  (_, make) => {
    const [, rx] = make();
    const buffer = ['one', 'two'];
    rx.close();
    expect(step(rx.recvMany(buffer, 3)).pollReady()).toBe(0);
    expect(buffer).toEqual(['one', 'two']);
  },
);

// sync_mpsc.rs: start_send_past_cap
test('mpsc/4 a reservation that was dropped in the line is never woken: the one behind it is', () => {
  const [tx1, rx] = mpsc.channel<number>(1);
  const tx2 = tx1.clone();
  tx1.trySend(1).unwrap();
  const first = step(tx1.reserve());
  const second = step(tx2.reserve());
  expect([first.poll(), second.poll()]).toEqual([PENDING, PENDING]);
  first.drop();
  tx1.close();
  expect(step(rx.recv()).pollReady()).toBe(1);
  expect([first.isWoken(), second.isWoken()]).toEqual([false, true]);
  second.drop();
  tx2.close();
  expect(step(rx.recv()).pollReady()).toBe(undefined);
});

// sync_mpsc.rs: send_recv_buffer_limited
test('mpsc/5 a slot that a waiting reserve was given is nobody else’s until its permit is used', () => {
  const [tx, rx] = mpsc.channel<number>(1);
  step(tx.reserve()).pollReady().send(1);
  const waiting = step(tx.reserve());
  expect(waiting.poll()).toBe(PENDING);
  expect(tx.trySend(9)).toMatchObject({ error: 'full' });
  expect(step(rx.recv()).pollReady()).toBe(1);
  expect(waiting.isWoken()).toBe(true);
  expect(tx.trySend(9)).toMatchObject({ error: 'full' });
  const permit = waiting.pollReady();
  expect(tx.trySend(9)).toMatchObject({ error: 'full' });
  permit.send(2);
  expect(step(rx.recv()).pollReady()).toBe(2);
});

// sync_mpsc.rs: recv_close_gets_none_idle. Here the end is undefined, and send throws.
test('mpsc/6 after close() on an idle channel recv gives undefined and a send throws', async ({ task }) => {
  deviates(task, 'doneIsUndefined');
  const [tx, rx] = mpsc.channel<number>(10);
  rx.close();
  expect(step(rx.recv()).pollReady()).toBe(undefined);
  await expect(tx.send(1)).rejects.toThrow(ChannelClosed);
  const [unbounded, end] = mpsc.unboundedChannel<number>();
  end.close();
  expect(() => unbounded.send(1)).toThrow(ChannelClosed);
});

// sync_mpsc.rs: tx_close_gets_none. Here the end is undefined.
test('mpsc/7 a receiver whose only sender has gone gets undefined', ({ task }) => {
  deviates(task, 'doneIsUndefined');
  const [tx, rx] = mpsc.channel<number>(10);
  const waiting = step(rx.recv());
  expect(waiting.poll()).toBe(PENDING);
  tx.close();
  expect(waiting.isWoken()).toBe(true);
  expect(waiting.pollReady()).toBe(undefined);
});

// sync_mpsc.rs: try_send_fail, try_send_fail_with_try_recv
test('mpsc/8 trySend is refused while full and the value is still the caller’s; what is left is drained, then closed', () => {
  const [tx, rx] = mpsc.channel<string>(1);
  tx.trySend('hello').unwrap();
  const refused = 'fail';
  expect(tx.trySend(refused)).toMatchObject({ ok: false, error: 'full' });
  expect(rx.tryRecv()).toMatchObject({ value: 'hello' });
  expect(tx.trySend(refused)).toMatchObject({ ok: true });
  tx.close();
  expect(tx.trySend('late')).toMatchObject({ error: 'closed' });
  expect(rx.tryRecv()).toMatchObject({ value: 'fail' });
  expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
});

// sync_mpsc.rs: reserve_many_above_cap
test('mpsc/9 reserving more than there will ever be fails at once, however much more', () => {
  const [tx] = mpsc.channel<number>(1);
  for (const count of [2, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
    expect(() => tx.reserveMany(count)).toThrow(RangeError);
    expect(() => tx.tryReserveMany(count)).toThrow(RangeError);
  }
  expect(step(tx.reserveMany(1)).pollReady().len()).toBe(1);
});

// sync_mpsc.rs: try_reserve_fails
test('mpsc/10 tryReserve is refused while the only slot is kept, and dropping the permit gives it back', () => {
  const [tx] = mpsc.channel<number>(1);
  const permit = tx.tryReserve().unwrap();
  expect(tx.tryReserve()).toMatchObject({ error: 'full' });
  permit.release();
  tx.tryReserve().unwrap()[Symbol.dispose]();
  expect(tx.capacity()).toBe(1);
});

// sync_mpsc.rs: reserve_many_on_closed_channel, try_reserve_many_on_closed_channel. Here waiting throws.
test('mpsc/11 nothing can be reserved once the receiver has gone', async ({ task }) => {
  deviates(task, 'closedThrows');
  const [tx, rx] = mpsc.channel<number>(100);
  const waiting = step(tx.reserveMany(100));
  const full = tx.tryReserve().unwrap();
  expect(waiting.poll()).toBe(PENDING);
  rx.discard();
  expect(waiting.isWoken()).toBe(true);
  expect(() => waiting.poll()).toThrow(ChannelClosed);
  await expect(tx.reserve()).rejects.toThrow(ChannelClosed);
  await expect(tx.reserveMany(10)).rejects.toThrow(ChannelClosed);
  expect(tx.tryReserve()).toMatchObject({ error: 'closed' });
  expect(tx.tryReserveMany(10)).toMatchObject({ error: 'closed' });
  full.release();
});

// sync_mpsc.rs: drop_permit_releases_permit
test('mpsc/12 a permit that is given back wakes the reserve that waits', () => {
  const [tx1] = mpsc.channel<number>(1);
  const tx2 = tx1.clone();
  const permit = step(tx1.reserve()).pollReady();
  const waiting = step(tx2.reserve());
  expect(waiting.poll()).toBe(PENDING);
  permit.release();
  expect(waiting.isWoken()).toBe(true);
  waiting.pollReady();
});

// sync_mpsc.rs: drop_permit_iterator_releases_permits
test('mpsc/12 a loop over permits that is left gives back those that it did not take', () => {
  for (let taken = 0; taken <= 10; taken += 1) {
    const [tx, rx] = mpsc.channel<number>(10);
    const permits = step(tx.reserveMany(10)).pollReady();
    const waiting = step(tx.reserveMany(10));
    expect(waiting.poll()).toBe(PENDING);
    let left = taken;
    for (const permit of permits) {
      if (left === 0) {
        permit.release();
        break;
      }
      left -= 1;
      permit.send(left);
    }
    expect(waiting.isWoken()).toBe(taken === 0);
    for (let n = 0; n < taken; n += 1) rx.tryRecv().unwrap();
    expect(waiting.isWoken()).toBe(true);
    expect(waiting.pollReady().len()).toBe(10);
  }
});

// sync_mpsc.rs: dropping_rx_closes_channel. Here the channel is closed by a call, and waiting throws.
test('mpsc/13 a receiver that is dropped lets go of what is buffered, and nothing can be sent or reserved', async ({
  task,
}) => {
  deviates(task, 'garbageCollected');
  const [tx, rx] = mpsc.channel<object>(100);
  await tx.send({});
  rx[Symbol.dispose]();
  expect(rx.len()).toBe(0);
  await expect(tx.send({})).rejects.toThrow(ChannelClosed);
  await expect(tx.reserve()).rejects.toThrow(ChannelClosed);
});

// sync_mpsc.rs: dropping_rx_closes_channel_for_try
test('mpsc/13 nor tried', () => {
  const [tx, rx] = mpsc.channel<object>(100);
  tx.trySend({}).unwrap();
  rx.discard();
  expect(rx.len()).toBe(0);
  expect(tx.trySend({})).toMatchObject({ error: 'closed' });
  expect(tx.tryReserve()).toMatchObject({ error: 'closed' });
  const [unbounded, end] = mpsc.unboundedChannel<object>();
  unbounded.send({});
  end.discard();
  expect(end.len()).toBe(0);
  expect(unbounded.isClosed()).toBe(true);
});

// sync_mpsc.rs: permit_available_not_acquired_close
test('mpsc/14 a reserve that was given its slot and is dropped after the close leaves the receiver its end', () => {
  const [tx1, rx] = mpsc.channel<number>(1);
  const tx2 = tx1.clone();
  const permit = step(tx1.reserve()).pollReady();
  const waiting = step(tx2.reserve());
  expect(waiting.poll()).toBe(PENDING);
  rx.close();
  permit.release();
  expect(waiting.isWoken()).toBe(true);
  waiting.drop();
  expect(step(rx.recv()).pollReady()).toBe(undefined);
});

// sync_mpsc.rs: try_recv_bounded
test('mpsc/15 tryRecv on a bounded channel tells empty from closed over many refills', () => {
  const [tx, rx] = mpsc.channel<string>(5);
  for (let cycle = 0; cycle < 100; cycle += 1) {
    for (let n = 0; n < 5; n += 1) tx.trySend(`hello ${n}`).unwrap();
    expect(tx.trySend('full').ok).toBe(false);
    for (let n = 0; n < 5; n += 1) expect(rx.tryRecv()).toMatchObject({ value: `hello ${n}` });
    expect(rx.tryRecv()).toMatchObject({ error: 'empty' });
  }
  for (let n = 0; n < 2; n += 1) tx.trySend('last').unwrap();
  tx.close();
  for (let n = 0; n < 2; n += 1) expect(rx.tryRecv()).toMatchObject({ value: 'last' });
  expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
});

// sync_mpsc.rs: try_recv_unbounded
test('mpsc/15 tryRecv on an unbounded channel does so too, however many are queued', () => {
  for (let count = 0; count < 100; count += 1) {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    for (let n = 0; n < count; n += 1) tx.send(n);
    for (let n = 0; n < count; n += 1) expect(rx.tryRecv()).toMatchObject({ value: n });
    expect(rx.tryRecv()).toMatchObject({ error: 'empty' });
    tx.close();
    expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
  }
});

// sync_mpsc.rs: recv_timeout. Here a closed channel throws, and what was not sent is still the caller's.
test('mpsc/16 sendTimeout sends while there is room, gives up after its time, and throws when closed', async ({
  task,
}) => {
  deviates(task, 'closedThrows');
  const { host, spawn } = byHand();
  const [tx, rx] = mpsc.channel<number>(5);
  const sent = spawn(function* () {
    const oks: boolean[] = [];
    for (let n = 0; n < 6; n += 1) oks.push((yield* tx.sendTimeout(n, 1_000)).ok);
    return oks.join();
  });
  await host.advance(999);
  expect(sent.isFinished()).toBe(false);
  await host.advance(1);
  expect(await outcomeOf(sent)).toBe('true,true,true,true,true,false');
  expect([rx.len(), tx.capacity()]).toEqual([5, 0]);
  rx.discard();
  const late = spawn(() => tx.sendTimeout(9, 1_000));
  await host.settle();
  const error = (await late).match({ ok: () => undefined, err: (panic) => panic.cause });
  expect(error).toMatchObject({ name: 'ChannelClosed', value: 9 });
});

// sync_mpsc.rs: test_tx_capacity
test('mpsc/17 capacity() is one less for each message and each permit, and maxCapacity() stays', () => {
  const [tx, rx] = mpsc.channel<number>(10);
  const permit = step(tx.reserve()).pollReady();
  expect([tx.capacity(), tx.maxCapacity()]).toEqual([9, 10]);
  permit.send(1);
  expect(tx.capacity()).toBe(9);
  rx.tryRecv().unwrap();
  expect(tx.capacity()).toBe(10);
  const permits = step(tx.reserveMany(4)).pollReady();
  tx.trySend(1).unwrap();
  expect([tx.capacity(), tx.maxCapacity()]).toEqual([5, 10]);
  permits.release();
  expect(tx.capacity()).toBe(9);
});

// sync_mpsc.rs: test_rx_is_closed_when_calling_close_with_sender, …_when_dropping_all_senders, …_is_not_closed_when_there_are_senders,
// …_permits_and_senders, …_are_permits_but_not_senders, …_when_there_are_no_senders_and_there_are_messages
test('mpsc/18 isClosed() of the receiver: after close() or the last sender, messages or not; no earlier, nor while a permit is kept', () => {
  const [tx, rx] = mpsc.channel<number>(10);
  const other = tx.clone();
  expect(rx.isClosed()).toBe(false);
  tx.trySend(1).unwrap();
  const permit = tx.tryReserve().unwrap();
  tx.close();
  expect(rx.isClosed()).toBe(false);
  other.close();
  expect(rx.isClosed()).toBe(false);
  permit.release();
  expect([rx.isClosed(), rx.len()]).toEqual([true, 1]);

  const [open, closed] = mpsc.channel<number>(1);
  closed.close();
  expect([closed.isClosed(), open.isClosed()]).toEqual([true, true]);

  const [unbounded, end] = mpsc.unboundedChannel<number>();
  unbounded.send(1);
  expect(end.isClosed()).toBe(false);
  unbounded.close();
  expect(end.isClosed()).toBe(true);
});

// sync_mpsc.rs: test_rx_is_empty_when_no_messages_were_sent, …_not_empty_when_there_are_messages_in_the_buffer,
// …_when_the_buffer_is_full, …_when_all_messages_are_consumed, …_one_message_is_consumed, …_all_senders_are_dropped
test.each([
  ['bounded', () => mpsc.channel<number>(10)],
  ['unbounded', () => mpsc.unboundedChannel<number>()],
] as const)(
  'mpsc/19 isEmpty() of a %s receiver is “no message waits”, full, drained or closed',
  (_, make) => {
    const [tx, rx] = make();
    const seen = [rx.isEmpty()];
    for (let n = 0; n < 10; n += 1) put(tx, n);
    seen.push(rx.isEmpty());
    for (let n = 0; n < 9; n += 1) rx.tryRecv().unwrap();
    tx.close();
    seen.push(rx.isEmpty());
    rx.tryRecv().unwrap();
    seen.push(rx.isEmpty());
    expect(seen).toEqual([true, false, false, true]);
  },
);

/** Sends without waiting, whichever sender it is. */
function put(tx: mpsc.Sender<number> | mpsc.UnboundedSender<number>, message: number): void {
  if ('trySend' in tx) tx.trySend(message).unwrap();
  else tx.send(message);
}
