import { type JoinHandle, setPanicHook } from '@heddle/runtime';
import { type BroadcastReceiver, broadcast, Lagged } from '@heddle/runtime/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { expectAPrefix, generators, history, pick, takeOne } from './history.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

/** What one receiver was given, missed ones as `undefined`: so its place in here is the number of a message. */
class Reader {
  readonly seen: (number | undefined)[] = [];
  readonly tasks: JoinHandle<unknown>[] = [];
  readonly rx: BroadcastReceiver<number>;
  readonly from: number;

  constructor(rx: BroadcastReceiver<number>, from: number) {
    this.rx = rx;
    this.from = from;
  }

  take(message: number | undefined): void {
    if (message !== undefined) this.seen.push(message);
  }

  miss(error: unknown): void {
    if (!(error instanceof Lagged)) throw error;
    for (let n = 0; n < error.missed; n += 1) this.seen.push(undefined);
  }
}

describe('under any history of sends, receives, subscribes, closes and aborts, a broadcast', () => {
  test('gives every receiver every message in order, or says that it missed it', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('send', 'recv', 'recv', 'tryRecv', 'abort', 'turn', 'subscribe', 'close'),
        fc.constantFrom(1, 2, 4),
        generators,
        async (steps, capacity, asGenerators) => {
          const { host, spawn } = byHand();
          const [tx, first] = broadcast<number>(capacity);
          const readers = [new Reader(first, 0)];
          const gone: Reader[] = [];
          let sent = 0;
          const read = (reader: Reader) =>
            asGenerators
              ? spawn(function* () {
                  try {
                    reader.take(yield* reader.rx.recv());
                  } catch (error) {
                    reader.miss(error);
                  }
                })
              : spawn(async () => {
                  await reader.rx.recv().then(
                    (message) => reader.take(message),
                    (error: unknown) => {
                      if (error instanceof Lagged) reader.miss(error);
                    },
                  );
                });
          for (const { kind, who } of steps) {
            const reader = pick(readers, who);
            if (kind === 'send' && readers.length > 0) {
              expect(tx.send(sent)).toBe(readers.length);
              sent += 1;
            } else if (kind === 'subscribe') readers.push(new Reader(tx.subscribe(), sent));
            else if (kind === 'recv' && reader !== undefined) reader.tasks.push(read(reader));
            else if (kind === 'tryRecv') {
              const got = reader?.rx.tryRecv();
              if (got?.ok) reader?.take(got.value);
              else if (got !== undefined && typeof got.error !== 'string') reader?.miss(got.error);
            } else if (kind === 'abort') pick(reader?.tasks ?? [], who)?.abort();
            else if (kind === 'close') {
              const closed = takeOne(readers, who);
              closed?.rx.close();
              if (closed !== undefined) gone.push(closed);
            } else if (kind === 'turn') await host.settle();
            expect(tx.receiverCount()).toBe(readers.length);
          }
          await host.settle();
          tx.close();
          for (const reader of [...readers, ...gone]) {
            for (;;) {
              const got = reader.rx.tryRecv();
              if (got.ok) reader.take(got.value);
              else if (typeof got.error !== 'string') reader.miss(got.error);
              else if (got.error === 'closed') break;
              else await host.settle();
            }
          }
          await host.settle();
          for (const reader of readers) {
            const expected = Array.from({ length: sent - reader.from }, (_, n) => reader.from + n);
            expect(reader.seen.length).toBe(expected.length);
            for (const [at, message] of reader.seen.entries()) {
              if (message !== undefined) expect(message).toBe(expected[at]);
            }
            // What was kept at the end is never counted as missed.
            expect(reader.seen.slice(-capacity)).not.toContain(undefined);
          }
          for (const reader of [...readers, ...gone]) {
            for (const task of reader.tasks) expect(task.isFinished()).toBe(true);
          }
          expect(tx.len()).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('serves the tasks that share a receiver in the order in which they came', () => {
    fc.assert(
      fc.property(history('send', 'recv', 'abort', 'tryRecv'), (steps) => {
        const { host, spawn } = byHand();
        const [tx, rx] = broadcast<number>(64);
        const recvs: JoinHandle<unknown>[] = [];
        const got: number[] = [];
        let sent = 0;
        for (const { kind, who } of steps) {
          if (kind === 'recv') {
            recvs.push(
              spawn(function* () {
                got.push((yield* rx.recv()) as number);
              }),
            );
          } else if (kind === 'abort') takeOne(recvs, who)?.abort();
          else if (kind === 'tryRecv') {
            const now = rx.tryRecv();
            if (now.ok) got.push(now.value);
          } else {
            tx.send(sent);
            sent += 1;
          }
          if (who % 2 === 0) host.runUntilIdle();
        }
        host.runUntilIdle();
        expectAPrefix(recvs);
        for (let next = rx.tryRecv(); next.ok; next = rx.tryRecv()) got.push(next.value);
        expect(got).toEqual(Array.from({ length: sent }, (_, n) => n));
      }),
      { numRuns: 300 },
    );
  });
});
