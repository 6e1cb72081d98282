import { type JoinHandle, setPanicHook, sleep } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { expectAPrefix, generators, history, pick, takeOne } from './history.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

const CAPACITY = 4;

describe('under any history of reserves, sends, receives and aborts, a channel', () => {
  test('loses no slot: each is free, full or kept, and in the end all are free', async () => {
    await fc.assert(
      fc.asyncProperty(
        history(
          'send',
          'reserve',
          'keep',
          'release',
          'use',
          'recv',
          'abort',
          'turn',
          'tryReserve',
          'sendTimeout',
        ),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const [tx, rx] = mpsc.channel<number>(CAPACITY);
          const tasks: JoinHandle<unknown>[] = [];
          const kept: mpsc.Permit<number>[] = [];
          const received: number[] = [];
          const promised: number[] = [];
          let serial = 0;
          for (const { kind, who, count } of steps) {
            serial += 1;
            const mine = serial;
            const many = Math.min(count, CAPACITY);
            if (kind === 'send') tasks.push(spawn(() => tx.send(mine)));
            else if (kind === 'sendTimeout') tasks.push(spawn(() => tx.sendTimeout(mine, count)));
            else if (kind === 'reserve') {
              // Uses the first of them, and gives back the others.
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      const permits = yield* tx.reserveMany(many);
                      try {
                        yield* sleep(1);
                        for (const permit of permits) {
                          permit.send(mine);
                          promised.push(mine);
                          break;
                        }
                      } finally {
                        permits.release();
                      }
                    })
                  : spawn(async () => {
                      const permits = await tx.reserveMany(many);
                      permits.next().value?.send(mine);
                      promised.push(mine);
                      permits.release();
                    }),
              );
            } else if (kind === 'keep') {
              tasks.push(
                spawn(function* () {
                  kept.push(yield* tx.reserve());
                }),
              );
            } else if (kind === 'tryReserve') {
              const got = tx.tryReserveMany(many);
              if (got.ok) kept.push(...got.value);
            } else if (kind === 'release') takeOne(kept, who)?.release();
            else if (kind === 'use') {
              const permit = takeOne(kept, who);
              permit?.send(mine);
              if (permit !== undefined) promised.push(mine);
            } else if (kind === 'recv') {
              const got = rx.tryRecv();
              if (got.ok) received.push(got.value);
            } else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.advance(count);
            expect(tx.capacity()).toBeGreaterThanOrEqual(0);
            expect(tx.capacity() + rx.len() + kept.length).toBeLessThanOrEqual(CAPACITY);
          }
          tx.close();
          rx.close();
          for (const permit of kept) permit.release();
          const drained = spawn(async () => {
            for await (const message of rx) received.push(message);
          });
          await host.advance(10);
          expect(drained.isFinished()).toBe(true);
          for (const task of tasks) expect(task.isFinished()).toBe(true);
          expect([tx.capacity(), rx.len()]).toEqual([CAPACITY, 0]);
          expect(new Set(received).size).toBe(received.length);
          expect(received).toEqual(expect.arrayContaining(promised));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('serves sends and reserves in one line, however many slots each needs', () => {
    fc.assert(
      fc.property(history('send', 'reserve', 'abort', 'tryRecv'), (steps) => {
        const { host, spawn } = byHand();
        const [tx, rx] = mpsc.channel<number>(CAPACITY);
        const waiting: JoinHandle<unknown>[] = [];
        for (const { kind, who, count } of steps) {
          if (kind === 'send') {
            waiting.push(
              spawn(function* () {
                yield* tx.send(who);
              }),
            );
          } else if (kind === 'reserve') {
            waiting.push(
              spawn(function* () {
                for (const permit of yield* tx.reserveMany(Math.min(count, CAPACITY))) permit.send(who);
              }),
            );
          } else if (kind === 'abort') takeOne(waiting, who)?.abort();
          else rx.tryRecv();
          host.runUntilIdle();
          expectAPrefix(waiting);
        }
      }),
      { numRuns: 300 },
    );
  });
});
