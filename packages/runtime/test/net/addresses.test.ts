import { createServer } from 'node:net';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { describe, expect, test } from 'vitest';

const hasIpv6 = await new Promise<boolean>((answer) => {
  const server = createServer().once('error', () => answer(false));
  server.listen(0, '::1', () => server.close(() => answer(true)));
});

describe('an address', () => {
  test('is taken as text, as its parts, and as what localAddr() gives', async () => {
    const listener = await TcpListener.bind({ host: '127.0.0.1', port: 0 });
    const { host, port } = listener.localAddr();
    expect(`${listener.localAddr()}`).toBe(`127.0.0.1:${port}`);
    for (const address of [
      `${host}:${port}`,
      { host, port },
      listener.localAddr(),
      String(listener.localAddr()),
    ]) {
      const stream = await TcpStream.connect(address);
      const accepted = await listener.accept();
      expect(String(stream.peerAddr())).toBe(`127.0.0.1:${port}`);
      expect(String(accepted.peerAddr())).toBe(String(stream.localAddr()));
      stream.close();
      accepted.close();
      expect(String(stream.peerAddr())).toBe(`127.0.0.1:${port}`);
    }
    listener.close();
  });

  test('may be a name, which is looked up', async () => {
    const listener = await TcpListener.bind('localhost:0');
    const stream = await TcpStream.connect({ host: 'localhost', port: listener.localAddr().port });
    stream.close();
    listener.close();
  });

  test.skipIf(!hasIpv6)('of IPv6 is written in brackets', async () => {
    const listener = await TcpListener.bind('[::1]:0');
    expect(String(listener.localAddr())).toMatch(/^\[::1\]:\d+$/);
    const stream = await TcpStream.connect(String(listener.localAddr()));
    expect(stream.peerAddr().host).toBe('::1');
    stream.close();
    listener.close();
  });

  test('that is none is refused at the call, by what was got', () => {
    const forms = 'expected "host:port", "[::1]:port" or { host, port }, got';
    const ports = 'port must be a whole number from 0 to 65535, got';
    const bad: [unknown, Error][] = [
      ['8080', new TypeError(`TcpStream.connect: ${forms} '8080'`)],
      ['::1:8080', new TypeError(`TcpStream.connect: ${forms} '::1:8080'`)],
      [':80', new TypeError(`TcpStream.connect: ${forms} ':80'`)],
      ['host:', new TypeError(`TcpStream.connect: ${forms} 'host:'`)],
      ['http://host:80', new TypeError(`TcpStream.connect: ${forms} 'http://host:80'`)],
      [80, new TypeError(`TcpStream.connect: ${forms} 80`)],
      [undefined, new TypeError(`TcpStream.connect: ${forms} undefined`)],
      [{ port: 80 }, new TypeError(`TcpStream.connect: ${forms} { port: 80 }`)],
      ['host:65536', new RangeError(`TcpStream.connect: ${ports} 65536`)],
      [{ host: 'host', port: -1 }, new RangeError(`TcpStream.connect: ${ports} -1`)],
      [{ host: 'host', port: Number.NaN }, new RangeError(`TcpStream.connect: ${ports} NaN`)],
      [{ host: 'host', port: '80' }, new TypeError(`TcpStream.connect: ${ports} '80'`)],
    ];
    for (const [address, error] of bad) {
      expect(() => TcpStream.connect(address as string)).toThrow(error);
    }
    expect(() => TcpListener.bind('nowhere')).toThrow(new TypeError(`TcpListener.bind: ${forms} 'nowhere'`));
    expect(() => TcpListener.bind('127.0.0.1:0', { backlog: 0 })).toThrow(
      new RangeError('TcpListener.bind: backlog must be a whole number from 1 to 65535, got 0'),
    );
  });
});
