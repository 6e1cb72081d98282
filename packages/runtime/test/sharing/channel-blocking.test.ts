import { join, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const tasks = tasksFrom<typeof import('./modules/channel-tasks.mjs')>(
  new URL('./modules/channel-tasks.mjs', import.meta.url),
);

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

describe('a thread function that never gives up its thread', () => {
  test('sends while it runs, and is held up by a full channel', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 2 });
    const counting = thread.spawn((out) => {
      let most = 0;
      for (let n = 0; n < 500; n += 1) {
        out.blockingSend(n);
        most = Math.max(most, out.maxCapacity() - out.capacity());
      }
      return most;
    }, sender);
    const seen: number[] = [];
    for await (const n of receiver) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 500 }, (_, n) => n));
    expect((await counting).unwrap()).toBeLessThanOrEqual(2);
  });

  test('is heard before it returns', async () => {
    const [sender, receiver] = thread.channel<string>({ capacity: 4 });
    const go = new Int32Array(new SharedArrayBuffer(4));
    const looping = thread.spawn(
      (out, go) => {
        out.trySend('one');
        out.blockingSend('two');
        while (Atomics.load(go, 0) === 0);
        return out.trySend('three').ok;
      },
      sender,
      go,
    );
    expect(await receiver.recv()).toBe('one');
    expect(await receiver.recv()).toBe('two');
    expect(looping.isFinished()).toBe(false);
    Atomics.store(go, 0, 1);
    expect(await receiver.recv()).toBe('three');
    expect((await looping).unwrap()).toBe(true);
  });

  test('receives while it runs, until the channel ends', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 3 });
    const summing = thread.spawn((numbers) => {
      let sum = 0;
      for (let n = numbers.blockingRecv(); n !== undefined; n = numbers.blockingRecv()) sum += n;
      return sum;
    }, receiver);
    for (let n = 1; n <= 1_000; n += 1) await sender.send(n);
    sender.close();
    expect((await summing).unwrap()).toBe(500_500);
  });

  test('talks to another one that does so, through two channels', async () => {
    const [toEcho, atEcho] = thread.channel<number>({ capacity: 1 });
    const [fromEcho, back] = thread.channel<number>({ capacity: 1 });
    const echo = thread.spawn(
      (items, out) => {
        for (let n = items.blockingRecv(); n !== undefined; n = items.blockingRecv()) out.blockingSend(n * 2);
      },
      atEcho,
      fromEcho,
    );
    const asking = thread.spawn(
      (out, answers) => {
        const seen: (number | undefined)[] = [];
        for (let n = 0; n < 200; n += 1) {
          out.blockingSend(n);
          seen.push(answers.blockingRecv());
        }
        out.close();
        return seen;
      },
      toEcho,
      back,
    );
    const [asked, echoed] = await join(asking, echo);
    expect(asked.unwrap()).toEqual(Array.from({ length: 200 }, (_, n) => n * 2));
    expect(echoed.ok).toBe(true);
  });

  test.each(['return', 'throw', 'exit', 'abort'] as const)(
    'is not left blocked when the thread at the other end ends by %s',
    async (how) => {
      const [sender, receiver] = thread.channel<number>({ capacity: 1 });
      const [readySender, ready] = thread.channel<string>({ capacity: 2 });
      const [alsoReadySender, alsoReady] = thread.channel<string>({ capacity: 2 });
      const [back, answers] = thread.channel<number>({ capacity: 1 });
      const blocked = thread.spawn(tasks.blocksOnBoth, receiver, back, readySender);
      const ending = thread
        .builder({ graceMs: 0 })
        .spawn(tasks.endsBy, how, sender, answers, alsoReadySender);
      expect(await ready.recv()).toBe('ready');
      expect(await alsoReady.recv()).toBe('ready');
      if (how === 'abort') ending.abort();
      expect((await blocked).unwrap()).toEqual({ received: [1], sendThrew: 'ERR_CHANNEL_CLOSED' });
      await ending;
    },
  );
});

describe('a blocking call', () => {
  test('is refused on the main thread', () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    expect(() => sender.blockingSend(1)).toThrow(/the main thread cannot be blocked/);
    expect(() => receiver.blockingRecv()).toThrow(/the main thread cannot be blocked/);
  });

  test('is refused in a thread with other tasks', async () => {
    const [, receiver] = thread.channel<number>({ capacity: 1 });
    const handle = thread.spawn(async (items) => {
      const { sleep, spawn } = await import('@heddle/runtime');
      spawn(() => sleep(3_600_000));
      return items.blockingRecv();
    }, receiver);
    expect(await handle).toMatchObject({ error: { cause: { message: /has 1 other task/ } } });
  });

  test('is refused where the other end is on the same thread', async () => {
    const handle = thread.spawn(async () => {
      const { thread } = await import('@heddle/runtime');
      const [sender] = thread.channel<number>({ capacity: 1 });
      sender.blockingSend(1);
    });
    expect(await handle).toMatchObject({ error: { cause: { message: /the other end of the channel/ } } });
  });
});
