import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join, select, setPanicHook, sleep, spawn } from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

let listener: TcpListener;
let peer: Socket;
let stream: TcpStream;

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));
beforeEach(async () => {
  listener = await TcpListener.bind('127.0.0.1:0');
  peer = connect({ ...listener.localAddr(), allowHalfOpen: true });
  stream = await listener.accept();
});
afterEach(() => {
  peer.destroy();
  stream.close();
  listener.close();
});

describe('reading', () => {
  test('gives what came, then undefined for as long as one asks', async () => {
    peer.end('hello');
    expect([text(await stream.read()), await stream.read(), await stream.read()]).toEqual([
      'hello',
      undefined,
      undefined,
    ]);
    await stream.writeAll('still able to write');
  });

  test('exactly so many bytes joins chunks and leaves the rest', async () => {
    const exact = spawn(function* () {
      return [
        text(yield* stream.readExact(7)),
        text(yield* stream.readExact(0)),
        text(yield* stream.readExact(1)),
        text(yield* stream.read()),
      ];
    });
    for (const chunk of ['hel', 'lo', ' world']) {
      peer.write(chunk);
      await sleep(2);
    }
    expect((await exact).unwrap()).toEqual(['hello w', '', 'o', 'rld']);
  });

  test('exactly more than is read ahead waits for all of it', async () => {
    const size = 300_000;
    const sent = Buffer.alloc(size, 'abcdefg');
    const exact = stream.readExact(size).then((bytes) => bytes);
    peer.write(sent);
    peer.write('tail');
    expect(sent.equals(await exact)).toBe(true);
    expect(text(await stream.read())).toBe('tail');
  });

  test('exactly more than comes throws, and leaves what came', async () => {
    peer.end('four');
    await expect(stream.readExact(5)).rejects.toMatchObject({
      name: 'UnexpectedEof',
      code: 'ERR_UNEXPECTED_EOF',
      message: 'stream.readExact: the peer stopped sending after 4 of 5 bytes',
    });
    expect(text(await stream.read())).toBe('four');
  });

  test('that is aborted or loses a select has read nothing', async () => {
    const aborted = spawn(() => stream.readExact(6));
    peer.write('abc');
    await sleep(5);
    aborted.abort();
    await aborted;
    const lost = await spawn(
      function* (mine: TcpStream) {
        const first = yield* select({ six: mine.readExact(6), late: sleep(0) });
        return [first.key, text(yield* mine.read())];
      },
      await survivor('abc'),
    );
    expect(lost.unwrap()).toEqual(['late', 'abc']);
  });

  test('refuses a count that is none', () => {
    const range = 'stream.readExact: byteCount must be a whole number from 0 to 2147483647, got';
    expect(() => stream.readExact(-1)).toThrow(new RangeError(`${range} -1`));
    expect(() => stream.readExact(0.5)).toThrow(new RangeError(`${range} 0.5`));
    expect(() => stream.readExact(2 ** 31)).toThrow(new RangeError(`${range} 2147483648`));
    expect(() => stream.readExact('1' as unknown as number)).toThrow(
      new TypeError("stream.readExact: byteCount must be a whole number, got '1'"),
    );
  });
});

describe('writing', () => {
  test('takes bytes and text, and says how many bytes there were', async () => {
    peer.setEncoding('utf8');
    expect(await stream.write('é')).toBe(2);
    expect(await stream.write(new Uint8Array([33]))).toBe(1);
    expect(await stream.write('')).toBe(0);
    await stream.writeAll(Buffer.from('?'));
    await stream.shutdown();
    let got = '';
    for await (const chunk of peer) got += chunk;
    expect(got).toBe('é!?');
  });

  test('refuses what is no bytes', () => {
    for (const name of ['write', 'writeAll'] as const) {
      expect(() => stream[name]([1, 2] as unknown as string)).toThrow(
        new TypeError(`stream.${name}: expected a Uint8Array or a string, got [ 1, 2 ]`),
      );
    }
  });

  test('from two tasks keeps each write whole', async () => {
    const chunk = (letter: string) => letter.repeat(200_000);
    const writes = join(
      spawn(() => stream.writeAll(chunk('a'))),
      spawn(function* (mine: TcpStream) {
        yield* mine.writeAll(chunk('b'));
        yield* mine.shutdown();
      }, stream),
    );
    peer.setEncoding('utf8');
    let got = '';
    peer.on('data', (data) => {
      got += data;
    });
    await once(peer, 'end');
    await writes;
    expect(got === chunk('a') + chunk('b') || got === chunk('b') + chunk('a')).toBe(true);
  });

  test('after shutdown() is refused, and shutdown() is not', async () => {
    await stream.shutdown();
    await join(stream.shutdown(), stream.shutdown());
    await expect(stream.write('x')).rejects.toThrow('stream.write: shutdown() was called');
    peer.end('read on');
    expect(text(await stream.read())).toBe('read on');
  });

  test('setNodelay takes a boolean, also when it is too late', () => {
    stream.setNodelay(true);
    stream.setNodelay(false);
    stream.close();
    stream.setNodelay(true);
    expect(() => stream.setNodelay(1 as unknown as boolean)).toThrow(
      new TypeError('stream.setNodelay: expected true or false, got 1'),
    );
  });
});

describe('an error of the network', () => {
  test('reaches the operation that waits', async () => {
    const reading = spawn(() => stream.read());
    peer.resetAndDestroy();
    const result = await reading;
    expect(result.ok ? 'read' : (result.error.cause as NodeJS.ErrnoException).code).toBe('ECONNRESET');
  });

  test('reaches the next operation when none waits, after what came before it', async () => {
    peer.write('first');
    await sleep(50);
    peer.resetAndDestroy();
    await sleep(50);
    const codes: unknown[] = [];
    for (const op of [
      () => stream.read(),
      () => stream.writeAll('x'),
      () => stream.read(),
      () => stream.shutdown(),
    ]) {
      codes.push(
        await op().then(
          (got) => text(got as Uint8Array),
          (error) => error.code,
        ),
      );
    }
    expect(codes).toEqual(['first', 'ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
  });

  test('that nobody asks about ends nothing', async () => {
    peer.resetAndDestroy();
    await sleep(5);
    expect(String(stream.peerAddr())).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});

describe('connecting', () => {
  test('throws when nobody listens, and when the name is unknown', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    await expect(TcpStream.connect(`127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('begins with its first use', async () => {
    const op = TcpStream.connect(listener.localAddr());
    expect((await select({ none: listener.accept(), late: sleep(5) })).key).toBe('late');
    const [client, server] = await join(op, listener.accept());
    client.close();
    server.close();
  });

  test('that is aborted gives the attempt up', async () => {
    const connecting = spawn(() => TcpStream.connect(listener.localAddr()));
    const accepting = listener.accept();
    const accepted = accepting.then((server) => server.read());
    await sleep(0);
    connecting.abort();
    const result = await connecting;
    if (result.ok) result.value.close();
    else expect(result.error.isCancelled()).toBe(true);
    await (await TcpStream.connect(listener.localAddr())).shutdown();
    expect(await accepted.then(undefined, () => undefined)).toBe(undefined);
  });
});

/** Another stream, to which its peer has sent `sent`. */
async function survivor(sent: string): Promise<TcpStream> {
  const other = connect({ ...listener.localAddr() });
  other.write(sent);
  const accepted = await listener.accept();
  await sleep(5);
  return accepted;
}
