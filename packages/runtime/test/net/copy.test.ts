import { join, type Op, select, setPanicHook, sleep, spawn, yieldNow } from '@heddle/runtime';
import { copy, TcpListener, TcpStream } from '@heddle/runtime/net';
import { mpsc } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

/** Gives chunks that wait in a channel, so that both sides can be anything that has the method. */
function source(rx: mpsc.Receiver<Uint8Array>): { read(): Op<Uint8Array | undefined> } {
  return { read: () => rx.recv() };
}

function sink(tx: mpsc.Sender<Uint8Array>): { writeAll(bytes: Uint8Array): Op<void> } {
  return { writeAll: (bytes) => tx.send(bytes) };
}

describe('copy', () => {
  test('moves all until the end and says how many bytes there were', async () => {
    const { host, spawn: spawnHere } = byHand();
    const [feed, rx] = mpsc.channel<Uint8Array>(8);
    const [tx, out] = mpsc.channel<Uint8Array>(8);
    for (const size of [3, 0, 5]) feed.trySend(new Uint8Array(size));
    const copied = spawnHere(() => copy(source(rx), sink(tx)));
    await host.settle();
    expect(copied.isFinished()).toBe(false);
    feed.close();
    await host.settle();
    expect(await outcomeOf(copied)).toBe('8');
    expect([out.tryRecv(), out.tryRecv(), out.tryRecv()].map((got) => got.unwrap().byteLength)).toEqual([
      3, 0, 5,
    ]);
  });

  test('of nothing gives 0', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const [stream, accepted] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
    await stream.shutdown();
    expect(await copy(accepted, accepted)).toBe(0);
    await accepted.writeAll('back');
    expect((await stream.read())?.byteLength).toBe(4);
    for (const socket of [stream, accepted, listener]) socket.close();
  });

  test('lets others run, however much is ready', async () => {
    const { host, spawn: spawnHere } = byHand();
    const always = {
      read: () => full[1].recv(),
      writeAll: (bytes: Uint8Array) => full[0].send(bytes),
    };
    const full = mpsc.channel<Uint8Array>(1);
    full[0].trySend(new Uint8Array(1));
    const winner = spawnHere(function* () {
      return (yield* select({
        copies: copy(always, always),
        yields: (function* () {
          for (let n = 0; n < 3; n += 1) yield* yieldNow();
        })(),
      })).key;
    });
    host.runUntilIdle();
    expect(await outcomeOf(winner)).toBe('yields');
  });

  test('waits for the slower side, and reads no further meanwhile', async () => {
    const { host, spawn: spawnHere } = byHand();
    const [feed, rx] = mpsc.channel<Uint8Array>(8);
    const [tx, out] = mpsc.channel<Uint8Array>(1);
    for (let n = 0; n < 4; n += 1) feed.trySend(new Uint8Array(1));
    const copied = spawnHere(() => copy(source(rx), sink(tx)));
    await host.settle();
    expect([rx.len(), out.len()]).toEqual([2, 1]);
    out.tryRecv();
    await host.settle();
    expect([rx.len(), out.len(), copied.isFinished()]).toEqual([1, 1, false]);
    copied.abort();
    await host.settle();
    expect(await outcomeOf(copied)).toBe('cancelled');
  });

  test('throws what either side throws', async () => {
    const { host, spawn: spawnHere } = byHand();
    const [feed, rx] = mpsc.channel<Uint8Array>(1);
    const [tx, out] = mpsc.channel<Uint8Array>(1);
    out.close();
    feed.trySend(new Uint8Array(1));
    const copied = spawnHere(() => copy(source(rx), sink(tx)));
    await host.settle();
    expect(await outcomeOf(copied)).toBe('panic sender.send: the channel is closed');
  });

  test('in both directions gives both counts, and each direction ends on its own', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const [a, aEnd] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
    const [b, bEnd] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
    const both = spawn(function* () {
      const [aReader, aWriter] = aEnd.split();
      const [bReader, bWriter] = bEnd.split();
      function* through(reader: typeof aReader, writer: typeof aWriter) {
        const count = yield* copy(reader, writer);
        yield* writer.shutdown();
        return count;
      }
      return yield* join(through(aReader, bWriter), through(bReader, aWriter));
    });
    await a.writeAll('to b');
    await a.shutdown();
    expect((await b.readExact(4)).byteLength).toBe(4);
    expect(await b.read()).toBe(undefined);
    await sleep(0);
    await b.writeAll('to a, later');
    await b.shutdown();
    expect((await a.readExact(11)).byteLength).toBe(11);
    expect(await a.read()).toBe(undefined);
    expect((await both).unwrap()).toEqual([4, 11]);
    for (const socket of [a, b, listener]) socket.close();
  });

  test("takes sides of one's own, made of promises or of generators", async () => {
    const chunks = ['one', 'two'].map((word) => new TextEncoder().encode(word));
    const written: number[] = [];
    const reader = { read: async () => chunks.shift() };
    const writer = {
      *writeAll(bytes: Uint8Array) {
        yield* yieldNow();
        written.push(bytes.byteLength);
      },
    };
    const copied = await spawn(function* () {
      return yield* copy(reader, writer);
    });
    expect([copied.unwrap(), written]).toEqual([6, [3, 3]]);
  });

  test('refuses what cannot be read from or written to', async () => {
    const fine = { read: () => sleep(0) as never, writeAll: () => sleep(0) };
    expect(() => copy({} as never, fine)).toThrow(
      new TypeError('copy: the reader must have a read() method, got {}'),
    );
    expect(() => copy(fine, null as never)).toThrow(
      new TypeError('copy: the writer must have a writeAll() method, got null'),
    );
    await expect(copy({ read: () => 'no operation' as never }, fine)).rejects.toThrow(
      new TypeError(
        "copy: expected an operation, a handle, a promise, a generator or a function, got 'no operation'",
      ),
    );
    await expect(copy({ read: async () => 'text' as never }, fine)).rejects.toThrow(
      new TypeError("copy: read() must give a Uint8Array or undefined, got 'text'"),
    );
  });
});
