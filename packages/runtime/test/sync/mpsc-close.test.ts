import { setPanicHook } from '@heddle/runtime';
import { ChannelClosed, mpsc } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('closing an mpsc channel', () => {
  test('close() on the receiver refuses sends, also those that wait, and lets what was sent be received', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('sent');
    const waiting = spawn(function* () {
      try {
        yield* tx.send('refused');
      } catch (error) {
        return error instanceof ChannelClosed && error.value;
      }
    });
    const closed = spawn(() => tx.closed());
    host.runUntilIdle();
    expect([tx.isClosed(), rx.isClosed()]).toEqual([false, false]);
    rx.close();
    rx.close();
    expect([tx.isClosed(), rx.isClosed(), rx.isEmpty()]).toEqual([true, true, false]);
    await host.settle();
    expect([await outcomeOf(waiting), await outcomeOf(closed)]).toEqual(['refused', 'undefined']);
    await expect(tx.send('late')).rejects.toMatchObject({
      code: 'ERR_CHANNEL_CLOSED',
      message: 'sender.send: the channel is closed',
      value: 'late',
    });
    expect([await rx.recv(), await rx.recv(), await rx.recv()]).toEqual(['sent', undefined, undefined]);
  });

  test('a send that holds a slot when the receiver closes is refused, and the receiver still ends', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('first');
    const send = spawn(() => tx.send('second'));
    host.runUntilIdle();
    rx.tryRecv();
    rx.close();
    expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
    await host.settle();
    expect(await outcomeOf(send)).toBe('panic sender.send: the channel is closed');
    expect(await rx.recv()).toBe(undefined);
  });

  test('discard() forgets what was not received', async () => {
    const [tx, rx] = mpsc.channel<string>(2);
    tx.trySend('forgotten');
    rx[Symbol.dispose]();
    expect([rx.isEmpty(), tx.isClosed()]).toEqual([true, true]);
    expect(tx.trySend('late')).toMatchObject({ error: 'closed' });
    expect(await rx.recv()).toBe(undefined);
  });

  test('ends when the last of its senders is closed, and not before', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(1);
    const other = tx.clone();
    const end = spawn(() => rx.recv());
    tx.close();
    tx.close();
    await host.settle();
    expect([end.isFinished(), rx.isClosed()]).toEqual([false, false]);
    other[Symbol.dispose]();
    await host.settle();
    expect([await outcomeOf(end), rx.isClosed()]).toEqual(['undefined', true]);
    expect(() => tx.clone()).toThrow(ChannelClosed);
  });

  test('a send that waits keeps the channel open when its sender is closed, until it is aborted', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('first');
    const goesThrough = spawn(() => tx.send('second'));
    const aborted = spawn(() => tx.send('third'));
    host.runUntilIdle();
    tx.close();
    await expect(tx.send('late')).rejects.toThrow(ChannelClosed);
    expect([await rx.recv(), rx.isClosed()]).toEqual(['first', false]);
    await host.settle();
    expect([await outcomeOf(goesThrough), await rx.recv(), rx.isClosed()]).toEqual([
      'undefined',
      'second',
      false,
    ]);
    const end = spawn(() => rx.recv());
    expect(rx.isClosed()).toBe(false);
    aborted.abort();
    await host.settle();
    expect(rx.isClosed()).toBe(true);
    expect(await outcomeOf(end)).toBe('undefined');
  });
});

test('discard() also forgets a message that was set aside for a receive that is then aborted', async () => {
  const { host, spawn } = byHand();
  const [tx, rx] = mpsc.channel<string>(4);
  const handle = spawn(function* () {
    return yield* rx.recv();
  });
  host.runUntilIdle();
  tx.trySend('set aside');
  rx.discard();
  handle.abort();
  host.runUntilIdle();
  expect([await outcomeOf(handle), rx.len(), await rx.recv()]).toEqual(['cancelled', 0, undefined]);
});

test('recvMany() into an array that cannot grow throws at the call, and takes nothing', () => {
  const [tx, rx] = mpsc.channel<string>(4);
  tx.trySend('stays');
  expect(() => rx.recvMany(Object.freeze([]) as unknown as string[], 3)).toThrow(
    new TypeError('receiver.recvMany: buffer must be an array that can grow, got a frozen one'),
  );
  expect(rx.len()).toBe(1);
});
