import { join, sleep, spawn } from '@heddle/runtime';
import { type OwnedReadHalf, type OwnedWriteHalf, TcpListener, TcpStream } from '@heddle/runtime/net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

let listener: TcpListener;
let client: TcpStream;
let server: TcpStream;

beforeEach(async () => {
  listener = await TcpListener.bind('127.0.0.1:0');
  client = await TcpStream.connect(listener.localAddr());
  server = await listener.accept();
});
afterEach(() => {
  client.close();
  server.close();
  listener.close();
});

describe('the halves of a stream', () => {
  test('are used at once by two branches of one task', async () => {
    const [reader, writer] = client.split();
    const both = spawn(function* () {
      return yield* join(reader.readExact(4), writer.writeAll('ping'));
    });
    expect(text(await server.readExact(4))).toBe('ping');
    await server.writeAll('pong');
    expect(text((await both).unwrap()[0])).toBe('pong');
  });

  test('owned, are used at once by two tasks, and each closes its side with its task', async () => {
    const [reader, writer] = client.intoSplit();
    const reads = spawn(async (mine: OwnedReadHalf) => text(await mine.readExact(4)), reader);
    const writes = spawn(function* (mine: OwnedWriteHalf) {
      yield* mine.writeAll('ping');
    }, writer);
    expect(text(await server.read())).toBe('ping');
    expect((await writes).ok).toBe(true);
    expect(await server.read()).toBe(undefined);
    await server.writeAll('pong');
    expect((await reads).unwrap()).toBe('pong');
    await expect(reader.read()).rejects.toThrow(`stream.read: it was closed at the end of task ${reads.id}`);
    await expect(writer.writeAll('x')).rejects.toThrow(`closed at the end of task ${writes.id}`);
  });

  test('owned, tell the peer the end when the writing one is closed, while the reading one goes on', async () => {
    const [reader, writer] = client.intoSplit();
    await writer.writeAll('last');
    writer.close();
    writer[Symbol.dispose]();
    expect([text(await server.read()), await server.read()]).toEqual(['last', undefined]);
    await server.writeAll('heard');
    expect(text(await reader.read())).toBe('heard');
    reader.close();
    reader[Symbol.dispose]();
    expect((await server.read()) === undefined).toBe(true);
  });

  test('owned, go on writing when the reading one is closed', async () => {
    const [reader, writer] = client.intoSplit();
    reader.close();
    await expect(reader.read()).rejects.toThrow('stream.read: close() was called');
    await writer.writeAll('one way');
    await writer.shutdown();
    await writer.shutdown();
    expect([text(await server.read()), await server.read()]).toEqual(['one way', undefined]);
    writer.close();
  });

  test('owned, wake who waits on them when they are closed', async () => {
    const [reader, writer] = client.intoSplit();
    const reading = reader.read().then(String, (error) => error.message);
    await sleep(0);
    reader.close();
    expect(await reading).toBe('stream.read: close() was called');
    writer.close();
  });

  test('leave nothing for the stream that they were made from', async () => {
    client.intoSplit();
    await expect(client.read()).rejects.toMatchObject({
      message: 'stream.read: intoSplit() took it apart: use its halves',
    });
    expect(() => client.intoSplit()).toThrow('stream.intoSplit: intoSplit() took it apart: use its halves');
    client.close();
    await server.writeAll('still open');
  });
});
