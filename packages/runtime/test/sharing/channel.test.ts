import { move, spawn, thread } from '@heddle/runtime';
import type { ThreadSender } from '@heddle/runtime/thread';
import { describe, expect, test } from 'vitest';

describe('a thread.channel', () => {
  test('carries items from a thread in the order in which they were sent, then ends', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 4 });
    const counting = thread.spawn(async (out) => {
      for (let n = 0; n < 1_000; n += 1) await out.send(n);
      return 'done';
    }, sender);
    const seen: number[] = [];
    for await (const n of receiver) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
    expect((await counting).unwrap()).toBe('done');
    expect(await receiver.recv()).toBe(undefined);
    expect(receiver.tryRecv()).toEqual({ ok: false, error: 'closed' });
  });

  test('carries items to a thread', async () => {
    const [sender, receiver] = thread.channel<{ id: number; at: Date }>({ capacity: 2 });
    const summing = thread.spawn(async (items) => {
      let sum = 0;
      for await (const { id, at } of items) sum += id + at.getTime();
      return sum;
    }, receiver);
    for (let id = 0; id < 100; id += 1) await sender.send({ id, at: new Date(1) });
    sender.close();
    expect((await summing).unwrap()).toBe(4950 + 100);
  });

  test('works between two tasks of one thread, generator or async', async () => {
    const [sender, receiver] = thread.channel<number>({ capacity: 1 });
    const sending = spawn(function* (out: ThreadSender<number>) {
      for (let n = 0; n < 10; n += 1) yield* out.send(n);
    }, sender);
    const seen: number[] = [];
    for await (const n of receiver) seen.push(n);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await sending).ok).toBe(true);
  });

  test('carries moved memory without a copy, and a registered class as itself', async () => {
    const [sender, receiver] = thread.channel<Uint8Array>({ capacity: 1 });
    const bytes = new Uint8Array([1, 2, 3]);
    await sender.send(move(bytes));
    expect(bytes.length).toBe(0);
    expect(await receiver.recv()).toEqual(new Uint8Array([1, 2, 3]));
  });
});
