import { join, spawn } from '@heddle/runtime';
import { copy, TcpListener, TcpStream } from '@heddle/runtime/net';
import { describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

function* echo(stream: TcpStream) {
  const [reader, writer] = stream.split();
  return yield* copy(reader, writer);
}

describe('an echo server', () => {
  test('with a task for each connection answers B although A, who came first, stays silent', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const server = spawn(function* () {
      for (;;) {
        const stream = yield* listener.accept();
        spawn(echo, stream);
      }
    });
    const silent = await TcpStream.connect(listener.localAddr());
    const talks = await TcpStream.connect(listener.localAddr());
    await talks.writeAll('hello');
    expect(text(await talks.read())).toBe('hello');
    silent.close();
    talks.close();
    server.abort();
    await server;
  });

  test('goes on sending to a client that ended its side', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const served = spawn(async () => {
      const stream = await listener.accept();
      let all = '';
      for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read())
        all += text(chunk);
      await stream.writeAll(`you said: ${all}`);
    });
    const client = await TcpStream.connect(listener.localAddr());
    await client.writeAll('one ');
    await client.writeAll('two');
    await client.shutdown();
    await client.shutdown();
    expect(text(await client.read())).toBe('you said: one two');
    expect(await client.read()).toBe(undefined);
    expect(await client.read()).toBe(undefined);
    await expect(client.writeAll('three')).rejects.toMatchObject({
      code: 'ERR_SOCKET_CLOSED',
      message: 'stream.writeAll: shutdown() was called',
    });
    expect((await served).ok).toBe(true);
    client.close();
    listener.close();
  });

  test('serves 1024 rounds of eleven bytes, and its copy counts them', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const served = spawn(async () => {
      const [reader, writer] = (await listener.accept()).split();
      return await copy(reader, writer);
    });
    const client = spawn(function* () {
      const stream = yield* TcpStream.connect(listener.localAddr());
      for (let round = 0; round < 1024; round += 1) {
        yield* stream.writeAll('foo bar baz');
        const answer = yield* stream.readExact(11);
        if (text(answer) !== 'foo bar baz') throw new Error(`round ${round}: ${text(answer)}`);
      }
    });
    const [ended, count] = await join(client, served);
    expect([ended.ok, count.unwrap()]).toEqual([true, 1024 * 11]);
    listener.close();
  });
});
