import { setTimeout as delay } from 'node:timers/promises';
import { type JoinHandle, setPanicHook, spawn, spawnBlocking, tasksFrom, thread } from '@heddle/runtime';
import { ChannelClosed } from '@heddle/runtime/sync';
import type { ThreadReceiver, ThreadSender } from '@heddle/runtime/thread';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const tasks = tasksFrom<typeof import('./modules/channel-tasks.mjs')>(
  new URL('./modules/channel-tasks.mjs', import.meta.url),
);

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

async function all<T>(receiver: ThreadReceiver<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of receiver) items.push(item);
  return items;
}

const DEATHS = ['return', 'throw', 'exit', 'uncaught', 'memory', 'abort'] as const;

describe('when the thread at the other end ends by', () => {
  test.each(DEATHS)('%s, a receiver gets what was sent, and then the end', async (how) => {
    const [sender, receiver] = thread.channel<number>({ capacity: 8 });
    const ending = limited().spawn(tasks.sendsThenEnds, how, sender);
    const seen = [await receiver.recv(), await receiver.recv()];
    if (how === 'abort') {
      seen.push(await receiver.recv());
      ending.abort();
    }
    expect([...seen, ...(await all(receiver))]).toEqual([1, 2, 3]);
    expect(receiver.isClosed()).toBe(true);
    await ending;
  });

  test.each(DEATHS)('%s, a send that waits throws, and so does every later one', async (how) => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    const ending = limited().spawn(tasks.receivesThenEnds, how, receiver);
    await sender.send(1);
    if (how === 'abort') setImmediate(() => ending.abort());
    const thrown: unknown[] = [];
    for (const n of [2, 3, 4]) await sender.send(n).then(undefined, (error) => thrown.push(error));
    expect(thrown.length).toBeGreaterThanOrEqual(2);
    expect(thrown.at(-1)).toBeInstanceOf(ChannelClosed);
    expect(thrown.at(-1)).toMatchObject({ code: 'ERR_CHANNEL_CLOSED', value: 4 });
    await sender.closed();
    expect(sender.trySend(5)).toEqual({ ok: false, error: 'closed' });
    await ending;
  });
});

describe('an end that moves', () => {
  test('is refused by name where it was, and goes on where it is', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 2 });
    await sender.send(1);
    const first = thread.spawn(async (items) => ({ items, got: await items.recv() }), receiver);
    expect(() => receiver.recv()).toThrow(/receiver\.recv: this receiver has moved to another thread/);
    expect(() => receiver.tryRecv()).toThrow(/has moved/);
    expect(() => thread.spawn((_) => 1, receiver)).toThrow(/args\[0\].*: it has moved before/);
    receiver.close();
    await sender.send(2);
    const { items, got } = (await first).unwrap();
    await sender.send(3);
    // It came back in a result, and moves on once more with what was never received.
    const second = thread.spawn(async ({ inside }) => [await inside[0]?.recv(), await inside[0]?.recv()], {
      inside: [items],
    });
    expect(got).toBe(1);
    expect((await second).unwrap()).toEqual([2, 3]);
  });

  test('moves through another channel', async () => {
    const [offers, offered] = thread.channel<ThreadSender<string>>({ capacity: 1 });
    const answering = thread.spawn(async (offered) => {
      for await (const answer of offered) await answer.send('hello');
    }, offered);
    for (let n = 0; n < 3; n += 1) {
      const [answer, answers] = thread.channel<string>({ capacity: 1 });
      await offers.send(answer);
      expect(() => answer.trySend('x')).toThrow(/has moved/);
      expect(await answers.recv()).toBe('hello');
    }
    offers.close();
    expect((await answering).ok).toBe(true);
  });

  test('has not moved when the call is refused, or its send is aborted', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    const refused: unknown = () => 1;
    expect(() => thread.spawn((_: unknown) => 1, [sender, refused])).toThrow(/args\[0\]\[1\]: function/);
    const [offers] = thread.channel<ThreadSender<number>>({ capacity: 1 });
    const [other] = thread.channel<number>({ capacity: 1 });
    await offers.send(other);
    const waiting = spawn(async () => offers.send(sender));
    await delay(0);
    waiting.abort();
    expect((await waiting).ok).toBe(false);
    expect(sender.trySend(1).ok).toBe(true);
    expect(await receiver.recv()).toBe(1);
  });

  test('does not move while a recv() waits on it', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    const waiting = spawn(() => receiver.recv());
    await delay(0);
    expect(() => thread.spawn((_) => 1, receiver)).toThrow(/args\[0\].* while a recv\(\) waits on it/);
    sender.trySend(7);
    expect((await waiting).unwrap()).toBe(7);
  });

  test('to a thread that never begins tells the other end', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    const never = thread.builder({ signal: AbortSignal.abort() }).spawn((_) => 1, sender);
    expect((await never).ok).toBe(false);
    expect(await receiver.recv()).toBe(undefined);
    const [sender2, receiver2] = thread.channel<number>({ capacity: 1 });
    const soon = thread.builder({ graceMs: 0 }).spawn((_) => 1, receiver2);
    soon.abort();
    await sender2.closed();
    expect((await soon).ok).toBe(false);
  });
});

test('an end given to the pool is closed with its job, begun or not', async () => {
  const [sender, receiver] = thread.channel<number>({ capacity: 1 });
  const job = spawnBlocking(async (out) => out.send(1), sender);
  expect(await all(receiver)).toEqual([1]);
  expect((await job).ok).toBe(true);
  const [sender2, receiver2] = thread.channel<number>({ capacity: 1 });
  const withdrawn = spawnBlocking((_) => 1, sender2);
  withdrawn.abort();
  expect(await receiver2.recv()).toBe(undefined);
  await withdrawn;
});

describe('an end given to a task belongs to it', () => {
  const runs: Readonly<Record<string, typeof thread.spawn>> = {
    'a task of this thread': spawn as typeof thread.spawn,
    'a thread': thread.spawn,
  };

  test.each(Object.entries(runs))('and is closed with it: %s', async (_, spawn) => {
    const [sender, receiver] = thread.channel<number>({ capacity: 4 });
    const sending = spawn(async (out) => {
      await out.send(1);
    }, sender);
    expect(await all(receiver)).toEqual([1]);
    await sending;
    const [sender2, receiver2] = thread.channel<number>({ capacity: 1 });
    await spawn((_) => 1, receiver2);
    await sender2.closed();
    await expect(async () => sender2.send(1)).rejects.toThrow('sender.send: the channel is closed');
  });

  test.each(Object.entries(runs))('unless it is returned: %s', async (_, spawn) => {
    const [sender, receiver] = thread.channel<number>({ capacity: 4 });
    const back = spawn((out) => out, sender) as JoinHandle<ThreadSender<number>>;
    const sent = (await back).unwrap();
    await sent.send(5);
    sent.close();
    expect(await all(receiver)).toEqual([5]);
  });
});

describe('closing', () => {
  test('a receiver leaves what was sent to be received, and refuses the rest', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 4 });
    await sender.send(1);
    receiver.close();
    expect(sender.isClosed()).toBe(true);
    await expect(async () => sender.send(2)).rejects.toMatchObject({ value: 2 });
    expect(await all(receiver)).toEqual([1]);
  });

  test('a sender lets a send that waits go through', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    await sender.send(1);
    const waiting = spawn(() => sender.send(2));
    await delay(0);
    sender.close();
    await expect(async () => sender.send(3)).rejects.toBeInstanceOf(ChannelClosed);
    expect(await all(receiver)).toEqual([1, 2]);
    expect((await waiting).ok).toBe(true);
  });

  test('twice does nothing, and discard forgets', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 2 });
    await sender.send(1);
    receiver.discard();
    receiver.discard();
    receiver.close();
    sender.close();
    sender.close();
    expect(await receiver.recv()).toBe(undefined);
    expect(receiver.len()).toBe(0);
  });
});

describe('what is sent', () => {
  test('is refused by its path before it waits', () => {
    const [sender] = thread.channel<unknown>({ capacity: 1 });
    expect(() => sender.send({ onDone: () => 1 })).toThrow(
      /^sender\.send: value\.onDone: function cannot cross to another thread\.$/,
    );
    expect(() => sender.trySend([Symbol('tag')])).toThrow(/^sender\.trySend: value\[0\]: symbol/);
    expect(() => sender.send(undefined)).toThrow(/undefined cannot be sent/);
    expect(() => sender.trySend(Promise.resolve())).toThrow(/got a thenable/);
    expect(sender.capacity()).toBe(1);
  });

  test('is what it was when it was put into its slot', async () => {
    const [sender, receiver] = thread.channel<{ n: number }>({ capacity: 2 });
    const item = { n: 1 };
    await sender.send(item);
    item.n = 2;
    sender.trySend(item);
    item.n = 3;
    expect([await receiver.recv(), await receiver.recv()]).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

test.each([0, -1, 1.5, 2 ** 31, Number.NaN, '1', undefined])('a capacity of %s is refused', (capacity) => {
  expect(() => thread.channel({ capacity: capacity as number })).toThrow(
    /^thread\.channel: capacity must be/,
  );
});

function limited(): ReturnType<typeof thread.builder> {
  return thread.builder({ graceMs: 0, resourceLimits: { maxOldGenerationSizeMb: 24 } });
}
