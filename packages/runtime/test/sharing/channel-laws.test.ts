import { type JoinHandle, spawn, thread, yieldNow } from '@heddle/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { history, pick } from '../sync/history.js';

/** Lets every task that can go on do so: both ends are on this thread, and ring each other without the event loop. */
const turn = async () => {
  for (let n = 0; n < 3; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('under any history of sends, receives and aborts, a thread.channel', () => {
  test.each([
    ['whose ends are here', false],
    ['whose receiver has been to another thread and back', true],
  ] as const)('%s loses no item, doubles none, keeps their order and its capacity', async (_, moved) => {
    await fc.assert(
      fc.asyncProperty(
        history('send', 'recv', 'abort send', 'abort recv', 'turn', 'trySend', 'tryRecv'),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (steps, capacity, asGenerators) => {
          const [tx, first] = thread.channel<number>({ capacity });
          const rx = moved ? await throughAPort(first) : first;
          const sends: JoinHandle<unknown>[] = [];
          const recvs: JoinHandle<unknown>[] = [];
          const sent: number[] = [];
          const received: number[] = [];
          let serial = 0;
          const got = (n: number | undefined) => n !== undefined && received.push(n);
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
                      got(yield* rx.recv());
                    })
                  : spawn(async () => got(await rx.recv())),
              );
            } else if (kind === 'trySend') {
              serial += 1;
              if (tx.trySend(serial).ok) sent.push(serial);
            } else if (kind === 'tryRecv') {
              const item = rx.tryRecv();
              if (item.ok) received.push(item.value);
            } else if (kind === 'turn') await turn();
            else pick(kind === 'abort send' ? sends : recvs, who)?.abort();
            expect(tx.capacity()).toBeGreaterThanOrEqual(0);
            expect(rx.len()).toBeLessThanOrEqual(capacity);
          }
          await turn();
          tx.close();
          for await (const item of rx) received.push(item);
          for (const handle of [...sends, ...recvs]) await handle;
          expect(new Set(received).size).toBe(received.length);
          for (const item of sent) expect(received).toContain(item);
          // An async body goes on a microtask after its operation, so only a generator notes the very order.
          if (asGenerators) expect(received).toEqual(sent);
        },
      ),
      { numRuns: moved ? 60 : 150 },
    );
  });

  test('between two threads, loses nothing either when receives and sends are aborted at random', async () => {
    const [tx, rx] = thread.channel<number>({ capacity: 3 });
    const sending = thread.spawn(async (out) => {
      const { select, spawn, yieldNow } = await import('@heddle/runtime');
      const sent: number[] = [];
      for (let n = 0; n < 2_000; n += 1) {
        // Half of them are losers of a select, or aborted: what was not sent then is sent again.
        for (;;) {
          if (n % 3 === 0) {
            const won = await select({ sent: out.send(n), given: yieldNow() });
            if (won.key === 'sent') break;
          } else if (n % 3 === 1) {
            const aborted = spawn(function* () {
              yield* out.send(n);
            });
            await yieldNow();
            aborted.abort();
            if ((await aborted).ok) break;
          } else {
            await out.send(n);
            break;
          }
        }
        sent.push(n);
      }
      return sent.length;
    }, tx);
    const received: number[] = [];
    for (let n = 0; ; n += 1) {
      if (n % 2 === 0) {
        const aborted = spawn(function* () {
          const item = yield* rx.recv();
          if (item !== undefined) received.push(item);
        });
        await yieldNow();
        aborted.abort();
        await aborted;
      } else {
        const item = await rx.recv();
        if (item === undefined) break;
        received.push(item);
      }
    }
    expect((await sending).unwrap()).toBe(2_000);
    expect(received).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
  });

  test('between two threads, never has more in flight than its capacity', async () => {
    for (const capacity of [1, 2, 7]) {
      const [tx, rx] = thread.channel<number>({ capacity });
      const counts = new Int32Array(new SharedArrayBuffer(8));
      const sending = thread.spawn(
        async (out, counts) => {
          let most = 0;
          for (let n = 0; n < 500; n += 1) {
            await out.send(n);
            most = Math.max(most, Atomics.add(counts, 0, 1) + 1 - Atomics.load(counts, 1));
          }
          return most;
        },
        tx,
        counts,
      );
      for (;;) {
        // Counted before the receive, so that the sender can only find too few received.
        Atomics.add(counts, 1, 1);
        if ((await rx.recv()) === undefined) break;
      }
      expect((await sending).unwrap()).toBeLessThanOrEqual(capacity);
    }
  });
});

/** Gives an end to a channel and takes it out again: it has then crossed, and its ends call each other by bells. */
async function throughAPort<T extends object>(end: T): Promise<T> {
  const [tx, rx] = thread.channel<unknown>({ capacity: 1 });
  await tx.send(end);
  tx.close();
  return (await rx.recv()) as T;
}
