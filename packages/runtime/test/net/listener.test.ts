import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { select, sleep, spawn } from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

describe('a listener', () => {
  test('keeps what came while nobody waited, in order, and reads nothing from it before it is accepted', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const peers: Socket[] = [];
    for (const name of ['a', 'b', 'c']) {
      const peer = connect({ ...listener.localAddr() });
      peer.write(name);
      await once(peer, 'connect');
      peers.push(peer);
    }
    const names: (string | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) {
      const stream = await listener.accept();
      names.push(text(await stream.read()));
      stream.close();
    }
    expect(names).toEqual(['a', 'b', 'c']);
    for (const peer of peers) peer.destroy();
    listener.close();
  });

  test('loses no connection to an accept that lost a select', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const server = await spawn(function* () {
      const first = yield* select({ accepted: listener.accept(), late: sleep(0) });
      const client = yield* TcpStream.connect(listener.localAddr());
      yield* client.writeAll('found');
      const stream = yield* listener.accept();
      return [first.key, text(yield* stream.read())];
    });
    expect(server.unwrap()).toEqual(['late', 'found']);
  });

  test('passes to another task that accepts when the one that it belonged to is aborted', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const heir = spawn(async () => String((await listener.accept()).localAddr()));
    const owner = spawn(() => listener.accept());
    await sleep(0);
    owner.abort();
    expect((await owner).ok).toBe(false);
    const client = await TcpStream.connect(listener.localAddr());
    expect((await heir).unwrap()).toBe(String(listener.localAddr()));
    expect(await client.read()).toBe(undefined);
    client.close();
  });

  test('serves two tasks that accept, each once', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const workers = ['one', 'two'].map((name) =>
      spawn(async () => {
        const stream = await listener.accept();
        await stream.writeAll(name);
      }),
    );
    const names: (string | undefined)[] = [];
    for (const _ of workers) {
      const client = await TcpStream.connect(listener.localAddr());
      names.push(text(await client.read()));
      client.close();
    }
    expect(names.sort()).toEqual(['one', 'two']);
  });

  test('closes what comes beyond its backlog', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0', { backlog: 1 });
    const clients: TcpStream[] = [];
    for (let n = 0; n < 2; n += 1) clients.push(await TcpStream.connect(listener.localAddr()));
    const end = await clients[1]?.read().then(String, (error) => error.code);
    expect(end).toMatch(/undefined|ECONNRESET/);
    const accepted = await listener.accept();
    await accepted.writeAll('first');
    expect(text(await clients[0]?.read())).toBe('first');
    for (const socket of [...clients, accepted, listener]) socket.close();
  });

  test('throws when its address is taken, and frees it when it is closed', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    await expect(TcpListener.bind(listener.localAddr())).rejects.toMatchObject({ code: 'EADDRINUSE' });
    listener[Symbol.dispose]();
    (await TcpListener.bind(listener.localAddr())).close();
  });

  test('that is aborted while it binds leaves the address free', async () => {
    const probe = await TcpListener.bind('127.0.0.1:0');
    const address = probe.localAddr();
    probe.close();
    const binding = spawn(() => TcpListener.bind(address));
    await sleep(0);
    binding.abort();
    const result = await binding;
    if (result.ok) result.value.close();
    await sleep(5);
    (await TcpListener.bind(address)).close();
  });
});
