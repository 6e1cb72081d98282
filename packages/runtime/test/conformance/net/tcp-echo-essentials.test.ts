import { join, Runtime, setPanicHook, sleep, spawn, TaskCancelled } from '@heddle/runtime';
import { copy, SocketClosed, TcpListener, TcpStream } from '@heddle/runtime/net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deviates } from '../deviates.js';

/** What tokio promises of TCP in its own tests, row by row. Over each test stands its source. */

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

/** Both ends of a connection, outside any task, and what closes them. */
async function connected() {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const [near, far] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
  const close = () => {
    for (const open of [near, far, listener]) open.close();
  };
  return { near, far, close };
}

const text = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes);

// tcp_connect.rs: connect_addr_ip_string, connect_addr_ip_str_slice, connect_addr_host_string, connect_addr_ip_port_tuple, …
test.each([
  ['a text', (port: number) => `127.0.0.1:${port}`],
  ['a host’s name', (port: number) => `localhost:${port}`],
  ['host and port', (port: number) => ({ host: '127.0.0.1', port })],
])(
  'tcp-echo-essentials/1 connect takes %s, as bind does, beside the accept in one join',
  async (_, address) => {
    const listener = await TcpListener.bind(address(0));
    const to = address(listener.localAddr().port);
    const [client, server] = await join(TcpStream.connect(to), listener.accept());
    expect(client.localAddr().port).toBe(server.peerAddr().port);
    for (const open of [client, server, listener]) open.close();
  },
);

// tcp_echo.rs: echo_server
test('tcp-echo-essentials/2 a thousand rounds go through an echo server, which has copied just their bytes', async () => {
  const rounds = 1024;
  const listener = await TcpListener.bind('127.0.0.1:0');
  const client = spawn(async () => {
    const stream = await TcpStream.connect(listener.localAddr());
    let wrong = 0;
    for (let round = 0; round < rounds; round += 1) {
      await stream.writeAll('foo bar baz');
      if (text(await stream.readExact(11)) !== 'foo bar baz') wrong += 1;
    }
    await stream.shutdown();
    return wrong;
  });
  const [reader, writer] = (await listener.accept()).split();
  expect(await copy(reader, writer)).toBe(rounds * 11);
  expect((await client).unwrap()).toBe(0);
  listener.close();
});

// tcp_into_split.rs: split
test('tcp-echo-essentials/3 two tasks use the two halves of a connection at a time', async () => {
  const { near, far, close } = await connected();
  const [reader, writer] = near.intoSplit();
  const reads = spawn(async (half) => text(await half.readExact(4)), reader);
  const writes = spawn(async (half) => half.writeAll('ping'), writer);
  expect(text(await far.readExact(4))).toBe('ping');
  await far.writeAll('pong');
  expect([(await reads).unwrap(), (await writes).ok]).toEqual(['pong', true]);
  close();
});

// tcp_into_split.rs: drop_write
test('tcp-echo-essentials/4 closing the half that writes tells the peer so, and the half that reads goes on', async () => {
  const { near, far, close } = await connected();
  const [reader, writer] = near.intoSplit();
  writer.close();
  expect(await far.read()).toBe(undefined);
  await far.writeAll('still heard');
  expect(text(await reader.readExact(11))).toBe('still heard');
  reader.close();
  close();
});

// tcp_shutdown.rs: shutdown, shutdown_multiple_calls
test('tcp-echo-essentials/5 after a shutdown the peer reads the end, this side reads on, and another shutdown does nothing', async () => {
  const { near, far, close } = await connected();
  await near.shutdown();
  await near.shutdown();
  expect(await copy(far, far)).toBe(0);
  await far.writeAll('still heard');
  expect(text(await near.readExact(11))).toBe('still heard');
  await near.shutdown();
  close();
});

// io_driver.rs: panics_when_io_disabled
test('tcp-echo-essentials/6 every runtime has sockets: there is nothing to enable', async ({ task }) => {
  deviates(task, 'alwaysDrivers');
  const runtime = new Runtime();
  const handle = runtime.spawn(async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    return listener.localAddr().port;
  });
  expect((await handle).unwrap()).toBeGreaterThan(0);
  await runtime.shutdown();
});

// io_driver_drop.rs: tcp_doesnt_block
test('tcp-echo-essentials/7 an accept on the listener of a runtime that was shut down throws at once', async () => {
  const { listener, runtime } = await bound();
  await runtime.shutdown();
  await expect(listener.accept()).rejects.toThrow(SocketClosed);
});

// io_driver_drop.rs: drop_wakes
test('tcp-echo-essentials/7 an accept that waits is woken by the shutdown of its runtime to an error, and another one throws', async () => {
  const { listener, runtime } = await bound();
  const thrown: unknown[] = [];
  const accepting = runtime.spawn(async () => {
    try {
      await listener.accept();
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  });
  await runtime.spawn(() => sleep(1));
  expect([accepting.isFinished(), thrown]).toEqual([false, []]);
  await runtime.shutdown();
  expect(thrown).toEqual([expect.any(TaskCancelled)]);
  const result = await accepting;
  expect(result.ok ? 'value' : result.error.message).toContain('its runtime was shut down');
  await expect(listener.accept()).rejects.toThrow(SocketClosed);
});

/** A listener that belongs to a task of a runtime of its own. */
async function bound() {
  const runtime = new Runtime();
  let bound: TcpListener | undefined;
  const owner = runtime.spawn(async () => {
    bound = await TcpListener.bind('127.0.0.1:0');
    await sleep(3_600_000);
  });
  while (bound === undefined && !owner.isFinished()) await runtime.spawn(() => sleep(1));
  return { runtime, listener: bound as unknown as TcpListener };
}
