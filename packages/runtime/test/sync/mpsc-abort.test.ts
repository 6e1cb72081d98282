import { setImmediate as nextRound } from 'node:timers/promises';
import { type JoinHandle, select, setPanicHook, shielded, timeout } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('what an mpsc channel hands over', () => {
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

  test.each([0, 1, 2])(
    'of three receives that wait, number %i is aborted: the messages go to the others in turn',
    async (which) => {
      const { host, spawn } = byHand();
      const [tx, rx] = mpsc.channel<string>(4);
      const receives = [0, 1, 2].map(() =>
        spawn(function* () {
          return yield* rx.recv();
        }),
      );
      host.runUntilIdle();
      receives[which]?.abort();
      host.runUntilIdle();
      tx.trySend('first');
      host.runUntilIdle();
      const [next, last] = receives.filter((_, at) => at !== which) as [
        JoinHandle<unknown>,
        JoinHandle<unknown>,
      ];
      expect([await outcomeOf(next), last.isFinished()]).toEqual(['first', false]);
      tx.close();
      host.runUntilIdle();
      expect(await outcomeOf(last)).toBe('undefined');
    },
  );

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

  test('a send that a timeout gave up has not sent', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    tx.trySend('first');
    const late = spawn(function* () {
      const sent = yield* timeout(10, tx.send('late'));
      return sent.ok;
    });
    await host.advance(10);
    expect(await outcomeOf(late)).toBe('false');
    expect([rx.tryRecv().unwrap(), rx.len()]).toEqual(['first', 0]);
    const inTime = spawn(() => timeout(10, tx.send('in time')));
    await host.settle();
    expect(inTime.isFinished()).toBe(true);
    expect(rx.tryRecv().unwrap()).toBe('in time');
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

  test('a receive in shielded cleanup that is abandoned leaves its message to the next', async () => {
    const { host, spawn } = byHand();
    const [tx, rx] = mpsc.channel<string>(1);
    const abandoned = spawn(() => shielded(() => rx.recv()));
    await host.settle();
    abandoned.abort();
    await host.advance(1000);
    expect(await outcomeOf(abandoned)).toBe('cancelled and abandoned');
    const next = spawn(() => rx.recv());
    await host.settle();
    tx.trySend('kept');
    await host.settle();
    expect(await outcomeOf(next)).toBe('kept');
  });
});
