import type { JoinHandle } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { expectAPrefix, generators, history, pick, takeOne } from './history.js';

describe('under any history of sends, receives, aborts and turns, a channel', () => {
  test('loses no message, and doubles none', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('send', 'recv', 'abort send', 'abort recv', 'turn', 'trySend', 'tryRecv'),
        fc.integer({ min: 1, max: 3 }),
        generators,
        async (steps, capacity, asGenerators) => {
          const { host, spawn } = byHand();
          const [tx, rx] = mpsc.channel<number>(capacity);
          const sends: JoinHandle<unknown>[] = [];
          const recvs: JoinHandle<unknown>[] = [];
          const sent: number[] = [];
          const received: number[] = [];
          let serial = 0;
          for (const { kind, who } of steps) {
            if (kind === 'send') {
              serial += 1;
              const mine = serial;
              sends.push(
                asGenerators
                  ? spawn(function* () {
                      yield* tx.send(mine);
                      sent.push(mine);
                    })
                  : spawn(async () => {
                      await tx.send(mine);
                      sent.push(mine);
                    }),
              );
            } else if (kind === 'recv') {
              recvs.push(
                asGenerators
                  ? spawn(function* () {
                      received.push((yield* rx.recv()) as number);
                    })
                  : spawn(async () => {
                      received.push((await rx.recv()) as number);
                    }),
              );
            } else if (kind === 'trySend') {
              serial += 1;
              if (tx.trySend(serial).ok) sent.push(serial);
            } else if (kind === 'tryRecv') {
              const got = rx.tryRecv();
              if (got.ok) received.push(got.value);
            } else if (kind === 'turn') await host.settle();
            else pick(kind === 'abort send' ? sends : recvs, who)?.abort();
            expect(tx.capacity()).toBeGreaterThanOrEqual(0);
            expect(rx.len()).toBeLessThanOrEqual(capacity);
          }
          await host.settle();
          tx.close();
          const drained = spawn(async () => {
            for await (const message of rx) received.push(message);
          });
          await host.settle();
          expect(drained.isFinished()).toBe(true);
          // A body that sent and was then told of its abort had sent all the same: what counts is what arrived.
          const messages = received.filter((message) => message !== undefined);
          expect(new Set(messages).size).toBe(messages.length);
          for (const message of sent) expect(received).toContain(message);
          for (const handle of [...sends, ...recvs]) expect(handle.isFinished()).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('delivers the messages of one sender in order, whichever receive is aborted', () => {
    fc.assert(
      fc.property(history('recv', 'abort', 'turn'), fc.integer({ min: 1, max: 3 }), (steps, capacity) => {
        const { host, spawn } = byHand();
        const [tx, rx] = mpsc.channel<number>(capacity);
        const received: number[] = [];
        const receivers: JoinHandle<unknown>[] = [];
        spawn(function* () {
          for (let n = 0; n < 30; n += 1) yield* tx.send(n);
          tx.close();
        });
        function* receive(most: number) {
          for (let n = 0; n < most; n += 1) {
            const message = yield* rx.recv();
            if (message !== undefined) received.push(message);
          }
        }
        for (const { kind, who, count } of steps) {
          if (kind === 'recv') receivers.push(spawn(receive, count));
          else if (kind === 'abort') pick(receivers, who)?.abort();
          else host.turn();
        }
        for (const receiver of receivers) receiver.abort();
        spawn(receive, 31);
        host.runUntilIdle();
        expect(received).toEqual(Array.from({ length: 30 }, (_, n) => n));
      }),
      { numRuns: 300 },
    );
  });

  test('lets the sends that wait through in the order in which they came', () => {
    fc.assert(
      fc.property(history('send', 'abort', 'tryRecv'), fc.integer({ min: 1, max: 3 }), (steps, capacity) => {
        const { host, spawn } = byHand();
        const [tx, rx] = mpsc.channel<number>(capacity);
        const sends: JoinHandle<unknown>[] = [];
        for (const { kind, who } of steps) {
          if (kind === 'send') {
            sends.push(
              spawn(function* () {
                yield* tx.send(who);
              }),
            );
          } else if (kind === 'abort') takeOne(sends, who)?.abort();
          else rx.tryRecv();
          host.runUntilIdle();
          expectAPrefix(sends);
        }
      }),
      { numRuns: 300 },
    );
  });
});
