import { setPanicHook } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
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
    expect(await outcomeOf(got)).toBe('outside, async, generator, async again');
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
