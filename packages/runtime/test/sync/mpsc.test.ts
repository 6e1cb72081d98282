import { setImmediate as nextRound } from 'node:timers/promises';
import { select, setPanicHook } from '@heddle/runtime';
import { ChannelClosed, mpsc } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('a bounded mpsc channel', () => {
  test('delivers in the order of the sends, lets the sender run ahead by its capacity, and ends', () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(2);
    const lines: string[] = [];
    spawn(function* () {
      for (let n = 1; n <= 5; n += 1) {
        yield* tx.send(n);
        lines.push(`sent ${n}`);
      }
      tx.close();
      lines.push('closed');
    });
    spawn(function* () {
      for (;;) {
        const message = yield* rx.recv();
        lines.push(`got ${message}`);
        if (message === undefined) return;
      }
    });
    host.runUntilIdle();
    expect(lines).toEqual([
      'sent 1',
      'sent 2',
      'got 1',
      'got 2',
      'sent 3',
      'sent 4',
      'got 3',
      'got 4',
      'sent 5',
      'closed',
      'got 5',
      'got undefined',
    ]);
  });

  test('serves async bodies, generator bodies and code outside any task alike', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    const fromGenerator = tx.clone();
    const fromOutside = tx.clone();
    spawn(async () => {
      await tx.send('async');
      await tx.send('async again');
      tx.close();
    });
    spawn(function* () {
      yield* fromGenerator.send('generator');
      fromGenerator.close();
    });
    const outside = fromOutside.send('outside').then(() => fromOutside.close());
    const got = spawn(async () => {
      const words: string[] = [];
      for await (const word of rx) words.push(word);
      return words.join(', ');
    });
    await host.settle();
    await outside;
    await host.settle();
    expect(await outcomeOf(got)).toBe('outside, generator, async, async again');
  });

  test('a loop that is left closes nothing, and the rest can be received', async () => {
    const [tx, rx] = mpsc.channel<number>(4);
    for (const n of [1, 2, 3]) tx.trySend(n);
    for await (const n of rx) if (n === 1) break;
    expect(tx.isClosed()).toBe(false);
    expect(await rx.recv()).toBe(2);
  });

  test('trySend is refused when full and when closed; tryRecv tells empty from closed; both over many cycles', () => {
    const [tx, rx] = mpsc.channel<number>(2);
    for (let cycle = 0; cycle < 100; cycle += 1) {
      expect(tx.trySend(1)).toMatchObject({ ok: true });
      expect(tx.trySend(2)).toMatchObject({ ok: true });
      expect(tx.trySend(3)).toMatchObject({ ok: false, error: 'full' });
      expect(rx.tryRecv()).toMatchObject({ ok: true, value: 1 });
      expect(rx.tryRecv()).toMatchObject({ ok: true, value: 2 });
      expect(rx.tryRecv()).toMatchObject({ ok: false, error: 'empty' });
    }
    tx.trySend(4);
    tx.close();
    expect(tx.trySend(5)).toMatchObject({ ok: false, error: 'closed' });
    expect(rx.tryRecv()).toMatchObject({ ok: true, value: 4 });
    expect(rx.tryRecv()).toMatchObject({ ok: false, error: 'closed' });
  });

  test('a slot that became free belongs to the sender that waited, not to who comes later', () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    const lines: string[] = [];
    tx.trySend('first');
    spawn(function* () {
      yield* tx.send('waited');
      lines.push('sent');
    });
    host.runUntilIdle();
    expect(rx.tryRecv()).toMatchObject({ value: 'first' });
    expect(tx.trySend('late')).toMatchObject({ error: 'full' });
    expect([tx.capacity(), rx.len(), lines]).toEqual([0, 0, []]);
    host.runUntilIdle();
    expect(lines).toEqual(['sent']);
    expect(rx.tryRecv()).toMatchObject({ value: 'waited' });
    expect(tx.trySend('late')).toMatchObject({ ok: true });
  });

  test('a waiting send that is aborted is never woken: the slot goes to the one behind it', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    const lines: string[] = [];
    tx.trySend('first');
    const sends = ['aborted', 'second'].map((word) =>
      spawn(function* () {
        yield* tx.send(word);
        lines.push(`${word} sent`);
      }),
    );
    host.runUntilIdle();
    sends[0]?.abort();
    host.runUntilIdle();
    expect(rx.tryRecv()).toMatchObject({ value: 'first' });
    host.runUntilIdle();
    expect(lines).toEqual(['second sent']);
    tx.close();
    expect(rx.tryRecv()).toMatchObject({ value: 'second' });
    expect(rx.tryRecv()).toMatchObject({ error: 'closed' });
  });

  test('a send that is aborted between its wake and its run has not sent, and its slot goes on', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('first');
    const woken = spawn(() => tx.send('aborted'));
    const behind = spawn(() => tx.send('second'));
    await host.settle();
    rx.tryRecv();
    woken.abort();
    await host.settle();
    expect([await outcomeOf(woken), await outcomeOf(behind)]).toEqual(['cancelled', 'undefined']);
    expect(rx.tryRecv()).toMatchObject({ value: 'second' });
  });

  test('a receive that is aborted between its wake and its run leaves the message to the next', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(4);
    const woken = spawn(function* () {
      return yield* rx.recv();
    });
    const behind = spawn(function* () {
      return yield* rx.recv();
    });
    host.runUntilIdle();
    tx.trySend('kept');
    expect(rx.tryRecv()).toMatchObject({ error: 'empty' });
    expect([rx.len(), rx.isEmpty()]).toEqual([1, false]);
    woken.abort();
    host.runUntilIdle();
    expect([await outcomeOf(woken), await outcomeOf(behind)]).toEqual(['cancelled', 'kept']);
  });

  test('a message that an async body was held back from, having used up its budget, is not lost by an abort', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(1000);
    for (let n = 0; n < 1000; n += 1) tx.trySend(n);
    const got: number[] = [];
    const receiver = spawn(async () => {
      for (;;) got.push((await rx.recv()) as number);
    });
    host.turn();
    await nextRound();
    const before = got.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1000);
    receiver.abort();
    await host.settle();
    expect(await outcomeOf(receiver)).toBe('cancelled');
    const rest: number[] = [];
    for (let next = rx.tryRecv(); next.ok; next = rx.tryRecv()) rest.push(next.value);
    expect([...got, ...rest]).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  test('the branches that lose a select have neither sent nor received', () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    const [otherTx, otherRx] = mpsc.channel<string>(1);
    const lines: string[] = [];
    tx.trySend('first');
    spawn(function* () {
      for (let n = 0; n < 2; n += 1) {
        const won = yield* select(
          { recv: rx.recv(), other: otherRx.recv(), send: tx.send('sent') },
          { biased: true },
        );
        lines.push(`${won.key} ${won.value}`);
      }
    });
    otherTx.trySend('kept');
    host.runUntilIdle();
    expect(lines).toEqual(['recv first', 'other kept']);
    expect([rx.len(), otherRx.len()]).toEqual([0, 0]);
  });

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

  test('capacity() counts the free slots, and maxCapacity() stays', () => {
    const [tx, rx] = mpsc.channel<number>(3);
    const seen = [tx.capacity()];
    tx.trySend(1);
    seen.push(tx.capacity());
    tx.trySend(2);
    seen.push(tx.capacity());
    rx.tryRecv();
    seen.push(tx.capacity());
    expect(seen).toEqual([3, 2, 1, 2]);
    expect(tx.maxCapacity()).toBe(3);
  });

  test('recvMany takes what is there, up to its limit, and leaves the buffer alone at the end', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(4);
    const buffer = [0];
    const waiting = spawn(() => rx.recvMany(buffer, 2));
    host.runUntilIdle();
    for (const n of [1, 2, 3]) tx.trySend(n);
    await host.settle();
    expect([await outcomeOf(waiting), buffer]).toEqual(['2', [0, 1, 2]]);
    expect(await rx.recvMany(buffer, 0)).toBe(0);
    expect(await rx.recvMany(buffer, 10)).toBe(1);
    tx.close();
    expect([await rx.recvMany(buffer, 10), buffer]).toEqual([0, [0, 1, 2, 3]]);
  });

  test('suspends a loop that never has to wait, so that others run', () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<number>(1);
    const lines: string[] = [];
    spawn(function* () {
      for (let n = 0; n < 1000; n += 1) {
        yield* tx.send(n);
        yield* rx.recv();
      }
      lines.push('loop');
    });
    spawn(function* () {
      lines.push('other');
    });
    host.runUntilIdle();
    expect(lines).toEqual(['other', 'loop']);
  });

  test('says what it got when it is given something else than it takes', async () => {
    const bad: [unknown, string][] = [
      [0, 'mpsc.channel: capacity must be a whole number from 1 to 2147483647, got 0'],
      [-1, 'mpsc.channel: capacity must be a whole number from 1 to 2147483647, got -1'],
      [1.5, 'mpsc.channel: capacity must be a whole number from 1 to 2147483647, got 1.5'],
      [Number.NaN, 'mpsc.channel: capacity must be a whole number from 1 to 2147483647, got NaN'],
      [2 ** 31, 'mpsc.channel: capacity must be a whole number from 1 to 2147483647, got 2147483648'],
      ['8', "mpsc.channel: capacity must be a whole number, got '8'"],
      [undefined, 'mpsc.channel: capacity must be a whole number, got undefined'],
    ];
    for (const [capacity, message] of bad) {
      expect(() => mpsc.channel(capacity as number)).toThrow(
        typeof capacity === 'number' ? new RangeError(message) : new TypeError(message),
      );
    }
    const [tx, rx] = mpsc.channel<unknown>(1);
    for (const caller of ['send', 'trySend'] as const) {
      expect(() => tx[caller](undefined)).toThrow(
        new TypeError(
          `sender.${caller}: undefined cannot be sent: recv() gives it when the channel is closed.`,
        ),
      );
      expect(() => tx[caller](tx.closed())).toThrow(
        new TypeError(
          `sender.${caller}: got a thenable, which whoever receives it would await: send { handle } instead.`,
        ),
      );
    }
    expect(() => rx.recvMany({} as unknown[], 1)).toThrow(
      new TypeError('receiver.recvMany: buffer must be an array, got {}'),
    );
    expect(() => rx.recvMany([], -1)).toThrow(
      new RangeError('receiver.recvMany: limit must be a whole number from 0 to 2147483647, got -1'),
    );
    expect(() => rx.recv()[Symbol.iterator]()).toThrow('receiver.recv() was iterated');
    tx.trySend({ handle: tx.closed() });
    expect(rx.tryRecv()).toMatchObject({ ok: true });
  });
});
