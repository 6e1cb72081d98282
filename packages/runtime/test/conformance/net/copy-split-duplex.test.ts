import { select, setPanicHook, sleep, yieldNow } from '@heddle/runtime';
import { copy, copyBidirectional, duplex, SocketClosed } from '@heddle/runtime/net';
import { PENDING, step } from '@heddle/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';

/** What tokio promises of copies and of streams in memory, row by row. Over each test stands its source. */

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

const text = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes);

function* yields() {
  yield* yieldNow();
}

// io_copy.rs: copy
test('copy-split-duplex/1 copy moves all until the end, and gives the count', async () => {
  const chunks = ['hello ', 'world'].map((chunk) => Buffer.from(chunk));
  const written: Uint8Array[] = [];
  const copied = await copy(
    { read: async () => chunks.shift() },
    { writeAll: async (bytes) => void written.push(bytes) },
  );
  expect([copied, text(Buffer.concat(written))]).toEqual([11, 'hello world']);
});

// io_copy.rs: copy_is_cooperative
test('copy-split-duplex/2 copies that are always ready let a branch win that only yields', async () => {
  const { host, spawn } = byHand();
  const [tx, rx] = duplex(8);
  await tx.writeAll('x');
  const always = {
    *read() {
      return yield* rx.readExact(1);
    },
    *writeAll(bytes: Uint8Array) {
      yield* tx.writeAll(bytes);
    },
  };
  const handle = spawn(function* () {
    const { key } = yield* select({
      copies: (function* () {
        for (;;) yield* copy(always, always);
      })(),
      yields: yields(),
    });
    return key;
  });
  for (let turn = 0; turn < 5; turn += 1) host.turn();
  expect(await outcomeOf(handle)).toBe('yields');
});

/** A copy between two pairs of streams, and the outer end of each. */
function proxied(maxBytes = 64) {
  const { host, spawn } = byHand();
  const [client, near] = duplex(maxBytes);
  const [far, server] = duplex(maxBytes);
  const handle = spawn(() => copyBidirectional(near, far));
  return { host, spawn, client, server, handle };
}

// io_copy_bidirectional.rs: test_basic_transfer
test('copy-split-duplex/3 copyBidirectional carries bytes both ways', async () => {
  const { host, client, server, handle } = proxied();
  await host.settle();
  await client.writeAll('ping');
  await server.writeAll('pong');
  await host.settle();
  expect([text(await server.readExact(4)), text(await client.readExact(4))]).toEqual(['ping', 'pong']);
  handle.abort();
  await host.settle();
  expect(await outcomeOf(handle)).toBe('cancelled');
});

// io_copy_bidirectional.rs: test_transfer_after_close
test('copy-split-duplex/3 the end of one side is passed on, the other way stays, and at last both are counted', async () => {
  const { host, client, server, handle } = proxied();
  await client.writeAll('ping');
  await client.shutdown();
  await host.settle();
  expect([text(await server.read()), await server.read(), handle.isFinished()]).toEqual([
    'ping',
    undefined,
    false,
  ]);
  await server.writeAll('later pong');
  await server.shutdown();
  await host.settle();
  expect([text(await client.read()), await client.read(), await outcomeOf(handle)]).toEqual([
    'later pong',
    undefined,
    '4,10',
  ]);
});

// io_copy_bidirectional.rs: blocking_one_side_does_not_block_other
test('copy-split-duplex/4 a direction that is stuck, since nobody reads, does not hold up the other one', async () => {
  const { host, spawn, client, server, handle } = proxied(8);
  const stuck = spawn(() => client.writeAll('x'.repeat(1000)));
  await host.settle();
  expect(stuck.isFinished()).toBe(false);
  for (const word of ['one', 'two', 'three']) {
    const writing = spawn(() => server.writeAll(word));
    await host.settle();
    expect([writing.isFinished(), text(await client.readExact(word.length))]).toEqual([true, word]);
  }
  expect([stuck.isFinished(), handle.isFinished()]).toEqual([false, false]);
  for (const task of [stuck, handle]) task.abort();
  await host.settle();
});

// io_mem_stream.rs: disconnect
test('copy-split-duplex/5 when one end is closed the other reads what was written, and then the end', async () => {
  const [near, far] = duplex(32);
  await near.writeAll('last words');
  near.close();
  expect([text(await far.readExact(4)), text(await far.read()), await far.read()]).toEqual([
    'last',
    ' words',
    undefined,
  ]);
});

// io_mem_stream.rs: disconnect_reader
test('copy-split-duplex/5 a write that waits throws when the end that should read is closed', async () => {
  const [near, far] = duplex(2);
  const writing = step(near.writeAll('too long'));
  expect(writing.poll()).toBe(PENDING);
  far.close();
  expect(writing.isWoken()).toBe(true);
  expect(() => writing.poll()).toThrow(SocketClosed);
  await expect(near.write('more')).rejects.toThrow('stream.write: the other end was closed');
});

// io_mem_stream.rs: max_write_size
test('copy-split-duplex/6 a write takes what there is room for, and the next one what was read meanwhile', async () => {
  const [near, far] = duplex(32);
  expect(await near.write(new Uint8Array(64))).toBe(32);
  const second = step(near.write(new Uint8Array(32)));
  expect(second.poll()).toBe(PENDING);
  expect((await far.readExact(4)).byteLength).toBe(4);
  expect([second.isWoken(), second.poll()]).toEqual([true, 4]);
});

// io_mem_stream.rs: duplex_is_cooperative
test('copy-split-duplex/7 reads and writes that are always ready give way', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    const [near, far] = duplex(64);
    const { key } = yield* select(
      {
        greedy: (function* () {
          for (;;) {
            yield* near.writeAll('x'.repeat(32));
            yield* far.readExact(32);
          }
        })(),
        yields: yields(),
      },
      { biased: true },
    );
    return key;
  });
  for (let turn = 0; turn < 5; turn += 1) host.turn();
  expect(await outcomeOf(handle)).toBe('yields');
});

// io_read_exact.rs: read_exact
test('copy-split-duplex/8 readExact takes just as many bytes as it is asked for, and leaves the rest', async () => {
  const [near, far] = duplex(16);
  await near.writeAll('hello ');
  await near.writeAll('world!');
  expect([text(await far.readExact(8)), text(await far.read())]).toEqual(['hello wo', 'rld!']);
});

// io_write_all.rs: write_all
test('copy-split-duplex/9 writeAll goes on after a write that took a part', async () => {
  const { host, spawn } = byHand();
  const [near, far] = duplex(4);
  const writing = spawn(() => near.writeAll('hello world'));
  const parts = spawn(async () => {
    const parts: unknown[] = [];
    while (parts.join('').length < 11) {
      await sleep(1);
      parts.push(text(await far.read()));
    }
    return parts.join('|');
  });
  await host.runToEnd();
  expect([await outcomeOf(writing), await outcomeOf(parts)]).toEqual(['undefined', 'hell|o wo|rld']);
});
