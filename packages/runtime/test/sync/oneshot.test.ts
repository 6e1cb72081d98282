import { setPanicHook } from '@heddle/runtime';
import { ChannelClosed, oneshot } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('oneshot', () => {
  test('wakes a receiver that waits, and gives it the value', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = oneshot<number>();
    const lines: string[] = [];
    const receiver = spawn(function* () {
      lines.push('waits');
      return yield* rx.recv();
    });
    host.runUntilIdle();
    spawn(function* () {
      lines.push('sends');
      tx.send(17);
    });
    host.runUntilIdle();
    expect(lines).toEqual(['waits', 'sends']);
    expect(await outcomeOf(receiver)).toBe('17');
  });

  test('gives a value that was sent before anyone waited, to async and generator bodies and outside tasks', async () => {
    const { host, spawn } = byHand();
    const [a, b, c] = [oneshot<string>(), oneshot<string>(), oneshot<string>()];
    a[0].send('a');
    b[0].send('b');
    c[0].send('c');
    const generator = spawn(function* () {
      return yield* a[1].recv();
    });
    const async = spawn(async () => await b[1].recv());
    await host.settle();
    expect(await outcomeOf(generator)).toBe('a');
    expect(await outcomeOf(async)).toBe('b');
    expect(await c[1].recv()).toBe('c');
  });

  test('carries undefined, and the last of two receivers learns that nothing is left', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = oneshot<void>();
    const first = spawn(() => rx.recv());
    const second = spawn(() => rx.recv());
    host.runUntilIdle();
    tx.send();
    await host.settle();
    expect([await outcomeOf(first), await outcomeOf(second)]).toEqual([
      'undefined',
      'panic oneshot receiver.recv: the channel is closed',
    ]);
  });

  test('hands the value back when the receiver is closed, and tells the sender', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = oneshot<string>();
    const lines: string[] = [];
    spawn(function* () {
      yield* tx.closed();
      lines.push('closed');
    });
    host.runUntilIdle();
    expect([tx.isClosed(), lines]).toEqual([false, []]);
    rx.close();
    rx.close();
    host.runUntilIdle();
    expect([tx.isClosed(), lines]).toEqual([true, ['closed']]);
    expect(caught(() => tx.send('kept'))).toMatchObject({
      name: 'ChannelClosed',
      code: 'ERR_CHANNEL_CLOSED',
      message: 'oneshot sender.send: the channel is closed',
      value: 'kept',
    });
    await expect(rx.recv()).rejects.toThrow(ChannelClosed);
    await tx.closed();
  });

  test('a value that was sent before close() is still received', async () => {
    const [tx, rx] = oneshot<number>();
    tx.send(1);
    expect(tx.isClosed()).toBe(false);
    rx.close();
    expect(tx.isClosed()).toBe(true);
    expect(await rx.recv()).toBe(1);
    await expect(rx.recv()).rejects.toThrow('oneshot receiver.recv: the channel is closed');
  });

  test('tryRecv tells empty from closed, before and after the value', () => {
    const [tx, rx] = oneshot<number>();
    expect(rx.tryRecv()).toMatchObject({ ok: false, error: 'empty' });
    tx.send(5);
    expect(rx.tryRecv()).toMatchObject({ ok: true, value: 5 });
    expect(rx.tryRecv()).toMatchObject({ ok: false, error: 'closed' });
    rx.close();
    expect(rx.tryRecv()).toMatchObject({ ok: false, error: 'closed' });
  });

  test('a receiver that waits learns that the sender gave up', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = oneshot<number>();
    const waiting = spawn(function* () {
      return yield* rx.recv();
    });
    host.runUntilIdle();
    tx.close();
    host.runUntilIdle();
    expect(await outcomeOf(waiting)).toBe('panic oneshot receiver.recv: the channel is closed');
    expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
    expect(() => tx.send(1)).toThrow(ChannelClosed);
  });

  test('a receiver that is aborted, woken or not, leaves the value to the next', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = oneshot<string>();
    const unwoken = spawn(() => rx.recv());
    const woken = spawn(function* () {
      return yield* rx.recv();
    });
    host.runUntilIdle();
    unwoken.abort();
    await host.settle();
    tx.send('kept');
    woken.abort();
    await host.settle();
    expect([await outcomeOf(unwoken), await outcomeOf(woken)]).toEqual(['cancelled', 'cancelled']);
    expect(rx.tryRecv()).toMatchObject({ ok: true, value: 'kept' });
  });

  test('refuses a thenable and a second value, and says what to do', () => {
    const [tx, rx] = oneshot<unknown>();
    expect(() => tx.send(Promise.resolve())).toThrow(
      new TypeError(
        'oneshot sender.send: got a thenable, which whoever receives it would await: send { handle } instead.',
      ),
    );
    tx.send(1);
    expect(() => tx.send(2)).toThrow(
      new TypeError(
        'oneshot sender.send: a value was sent before, and a oneshot carries one. Use mpsc.channel().',
      ),
    );
    expect(rx.tryRecv()).toMatchObject({ value: 1 });
  });

  test('both ends close through using', async () => {
    const [tx, rx] = oneshot<number>();
    tx[Symbol.dispose]();
    await expect(rx.recv()).rejects.toThrow(ChannelClosed);
    const [otherTx, otherRx] = oneshot<number>();
    otherRx[Symbol.dispose]();
    expect(otherTx.isClosed()).toBe(true);
  });
});

function caught(fn: () => void): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return undefined;
}
