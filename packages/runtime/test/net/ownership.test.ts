import { Runtime, setPanicHook, sleep, spawn, task, yieldNow } from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { oneshot } from '@heddle/runtime/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

let listener: TcpListener;

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));
beforeEach(async () => {
  listener = await TcpListener.bind('127.0.0.1:0');
});
afterEach(() => listener.close());

/** A connection that nobody owns at one end, and the op that accepts it at the other. */
const connect = () => TcpStream.connect(listener.localAddr());

describe('a stream is closed when its task settles', () => {
  test('aborted while it waits to read, in a generator and in an async body', async () => {
    const bodies = [
      function* () {
        const stream = yield* listener.accept();
        yield* stream.read();
      },
      async () => {
        const stream = await listener.accept();
        await stream.read();
      },
    ];
    for (const body of bodies) {
      const server = spawn(body);
      const client = await connect();
      await sleep(0);
      server.abort();
      expect((await server).ok).toBe(false);
      expect(await client.read()).toBe(undefined);
      client.close();
      listener = await TcpListener.bind('127.0.0.1:0');
    }
  });

  test('aborted while it waits for something else, having only connected', async () => {
    const client = spawn(function* () {
      yield* TcpStream.connect(listener.localAddr());
      yield* sleep(Number.POSITIVE_INFINITY);
    });
    const accepted = await listener.accept();
    client.abort();
    expect(await accepted.read()).toBe(undefined);
    accepted.close();
  });

  test('by a panic, and by a return', async () => {
    for (const end of [() => Promise.reject(new Error('boom')), () => 'done']) {
      const client = spawn(async () => {
        const stream = await connect();
        await stream.writeAll('last words');
        return end();
      });
      const accepted = await listener.accept();
      await client;
      expect([text(await accepted.read()), await accepted.read()]).toEqual(['last words', undefined]);
      accepted.close();
    }
  });

  test('abandoned, while its body sits on a promise of somebody else', async () => {
    const client = task.builder({ abandonAfterMs: 0 }).spawn(async () => {
      const stream = await connect();
      await stream.writeAll('ready');
      await new Promise(() => {});
    });
    const accepted = await listener.accept();
    expect(text(await accepted.read())).toBe('ready');
    await sleep(0);
    client.abort();
    const result = await client;
    expect(!result.ok && result.error.isAbandoned()).toBe(true);
    expect(await accepted.read()).toBe(undefined);
    accepted.close();
  });

  test('before whoever joins the task goes on', async () => {
    const made = oneshot<{ stream: TcpStream }>();
    const client = spawn(async () => {
      made[0].send({ stream: await connect() });
      await sleep(Number.POSITIVE_INFINITY);
    });
    const { stream } = await made[1].recv();
    client.abort();
    await client;
    await expect(stream.read()).rejects.toMatchObject({
      code: 'ERR_SOCKET_CLOSED',
      message: `stream.read: it was closed at the end of task ${client.id}: a socket belongs to the task that was passed it, or else was the last to read from it.`,
    });
    (await listener.accept()).close();
  });

  test('the task that it was passed to, although the one that accepted is aborted before that begins', async () => {
    const gate = oneshot<void>();
    let handler: ReturnType<typeof spawn<[TcpStream], string>> | undefined;
    const server = spawn(function* () {
      const stream = yield* listener.accept();
      handler = spawn(function* (mine: TcpStream) {
        yield* gate[1].recv();
        yield* mine.writeAll('served');
        return 'handled';
      }, stream);
      yield* sleep(Number.POSITIVE_INFINITY);
    });
    const client = await connect();
    while (handler === undefined) await yieldNow();
    server.abort();
    await server;
    gate[0].send();
    expect([text(await client.read()), await client.read()]).toEqual(['served', undefined]);
    expect((await handler).unwrap()).toBe('handled');
    client.close();
  });

  test('the task that was the first to use it, given in a closure', async () => {
    const server = spawn(async () => {
      const stream = await listener.accept();
      spawn(() => stream.writeAll('the time'));
      await sleep(Number.POSITIVE_INFINITY);
    });
    const client = await connect();
    expect([text(await client.read()), await client.read()]).toEqual(['the time', undefined]);
    client.close();
    server.abort();
    await server;
  });

  test('the task that reads from it, although another wrote first', async () => {
    const server = spawn(async () => {
      const stream = await listener.accept();
      await stream.writeAll('banner');
      spawn(() => stream.read());
      await sleep(Number.POSITIVE_INFINITY);
    });
    const client = await connect();
    expect(text(await client.read())).toBe('banner');
    await client.writeAll('bye');
    expect(await client.read()).toBe(undefined);
    client.close();
    server.abort();
    await server;
  });
});

describe('a stream stays open', () => {
  test('when a task that only wrote to it ends', async () => {
    const client = await connect();
    const stream = await listener.accept();
    const reader = spawn(async (mine: TcpStream) => text(await mine.read()), stream);
    await spawn(() => stream.writeAll('from a neighbour'));
    expect(text(await client.read())).toBe('from a neighbour');
    await client.writeAll('still here');
    expect((await reader).unwrap()).toBe('still here');
    client.close();
  });

  test('when its task returns it', async () => {
    const connected = spawn(connect);
    const accepted = await listener.accept();
    const stream = (await connected).unwrap();
    await accepted.writeAll('hello');
    expect(text(await stream.read())).toBe('hello');
    stream.close();
    accepted.close();
  });

  test('when another task waits to read from it, which has it from then on', async () => {
    const client = await connect();
    const stream = await listener.accept();
    const heir = spawn(async () => text(await stream.readExact(1)));
    const owner = spawn(async () => text(await stream.readExact(2)));
    await sleep(0);
    owner.abort();
    expect((await owner).ok).toBe(false);
    await client.writeAll('a');
    expect((await heir).unwrap()).toBe('a');
    expect(await client.read()).toBe(undefined);
    client.close();
  });

  test('outside any task, until close()', async () => {
    const client = await connect();
    const accepted = await listener.accept();
    client.close();
    client.close();
    expect(await accepted.read()).toBe(undefined);
    accepted[Symbol.dispose]();
    await expect(accepted.read()).rejects.toThrow('stream.read: close() was called');
    await expect(accepted.writeAll('x')).rejects.toThrow('stream.writeAll: close() was called');
    await expect(accepted.write('x')).rejects.toThrow('stream.write: close() was called');
    await expect(accepted.readExact(1)).rejects.toThrow('stream.readExact: close() was called');
    await expect(accepted.shutdown()).rejects.toThrow('stream.shutdown: close() was called');
    expect(() => accepted.intoSplit()).toThrow('stream.intoSplit: close() was called');
  });
});

describe('a listener', () => {
  test('is closed with the task that accepts from it, and what nobody accepted with it', async () => {
    const own = await TcpListener.bind('127.0.0.1:0');
    const accepting = oneshot<void>();
    const server = spawn(async () => {
      const first = await own.accept();
      accepting[0].send();
      await first.read();
    });
    const client = await TcpStream.connect(own.localAddr());
    await accepting[1].recv();
    const queued = await TcpStream.connect(own.localAddr());
    server.abort();
    await server;
    expect(await client.read()).toBe(undefined);
    await expect(queued.read().then(String, (error) => error.code)).resolves.toMatch(/undefined|ECONNRESET/);
    await expect(TcpStream.connect(own.localAddr())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(own.accept()).rejects.toThrow(/listener.accept: it was closed at the end of task \d+/);
    client.close();
    queued.close();
  });

  test('is closed with the runtime whose task waits on it', async () => {
    const runtime = new Runtime();
    const own = await TcpListener.bind('127.0.0.1:0');
    const waiting = runtime.spawn((mine: TcpListener) => mine.accept(), own);
    const client = await TcpStream.connect(own.localAddr());
    expect((await waiting).ok).toBe(true);
    client.close();

    const other = await TcpListener.bind('127.0.0.1:0');
    const pending = runtime.spawn((mine: TcpListener) => mine.accept(), other);
    await runtime.shutdown();
    const result = await pending;
    expect(result.ok ? 'accepted' : result.error.kind).toBe('cancelled');
    await expect(other.accept()).rejects.toMatchObject({ code: 'ERR_SOCKET_CLOSED' });
  });

  test('that close() ends tells the task that waits', async () => {
    const waiting = spawn(() => listener.accept());
    await sleep(0);
    listener.close();
    listener.close();
    const result = await waiting;
    expect(result.ok ? 'accepted' : String(result.error.cause)).toBe(
      'SocketClosed: listener.accept: close() was called',
    );
  });

  test('is named in the message by the name of its task', async () => {
    const own = await TcpListener.bind('127.0.0.1:0');
    await task.builder({ name: 'front door' }).spawn((_mine: TcpListener) => 'done', own);
    await expect(own.accept()).rejects.toThrow('"front door"');
  });
});
