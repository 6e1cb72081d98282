import { ChannelClosed, oneshot } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { deviates } from '../deviates.js';

/** What tokio promises of its oneshot in its own tests, row by row. Over each test stands its source. */

// sync_oneshot.rs: send_recv, async_send_recv
test('oneshot/1 a receiver that waits is woken by the send and gets the value', () => {
  const [tx, rx] = oneshot<number>();
  const receiving = step(rx.recv());
  expect(receiving.poll()).toBe(PENDING);
  tx.send(1);
  expect(receiving.isWoken()).toBe(true);
  expect(receiving.pollReady()).toBe(1);
});

// sync_oneshot.rs: async_send_recv
test('oneshot/1 a value that was sent first is there at the first poll', async () => {
  const [tx, rx] = oneshot<number>();
  tx.send(1);
  expect(await rx.recv()).toBe(1);
});

// sync_oneshot.rs: close_rx, async_rx_closed. Here send throws, and the receiver goes by a call.
test('oneshot/2 a send to a receiver that has gone throws with the value, and closed() ends', ({ task }) => {
  deviates(task, 'closedThrows');
  const [tx, rx] = oneshot<number>();
  const closed = step(tx.closed());
  expect([closed.poll(), tx.isClosed()]).toEqual([PENDING, false]);
  rx[Symbol.dispose]();
  expect([closed.isWoken(), tx.isClosed()]).toEqual([true, true]);
  closed.pollReady();
  expect(caught(() => tx.send(1))).toMatchObject({ name: 'ChannelClosed', value: 1 });
});

// sync_oneshot.rs: explicit_close_poll
test('oneshot/3 close() lets a value through that was sent before', () => {
  const [tx, rx] = oneshot<string>();
  const closed = step(tx.closed());
  expect(closed.poll()).toBe(PENDING);
  tx.send('sent');
  rx.close();
  expect(step(rx.recv()).pollReady()).toBe('sent');
});

// sync_oneshot.rs: explicit_close_poll. Here send throws.
test('oneshot/3 close() before a value wakes the sender, refuses its send, and the receiver learns that it is closed', ({
  task,
}) => {
  deviates(task, 'closedThrows');
  const [tx, rx] = oneshot<string>();
  const closed = step(tx.closed());
  const receiving = step(rx.recv());
  expect([closed.poll(), receiving.poll()]).toEqual([PENDING, PENDING]);
  rx.close();
  expect([closed.isWoken(), tx.isClosed()]).toEqual([true, true]);
  expect(() => tx.send('late')).toThrow(ChannelClosed);
  expect(receiving.isWoken()).toBe(true);
  expect(() => receiving.poll()).toThrow(ChannelClosed);
});

// sync_oneshot.rs: explicit_close_try_recv
test('oneshot/3 tryRecv after close() gives a value that was sent, and else closed', () => {
  const [tx, rx] = oneshot<string>();
  tx.send('sent');
  rx.close();
  expect(rx.tryRecv()).toMatchObject({ value: 'sent' });
  const [, other] = oneshot<string>();
  expect([other.isEmpty(), other.isTerminated()]).toEqual([true, false]);
  other.close();
  expect(other.tryRecv()).toMatchObject({ error: 'closed' });
  expect([other.isEmpty(), other.isTerminated()]).toEqual([true, true]);
});

// sync_oneshot.rs: close_after_recv, try_recv_after_completion, try_recv_after_completion_await
test('oneshot/4 after the value was taken close() is harmless and tryRecv says closed', async () => {
  const [tx, rx] = oneshot<number>();
  tx.send(17);
  expect(rx.isEmpty()).toBe(false);
  expect(await rx.recv()).toBe(17);
  expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
  rx.close();
  expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
  expect([rx.isEmpty(), rx.isTerminated()]).toEqual([true, true]);
});

function caught(fn: () => void): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return undefined;
}
