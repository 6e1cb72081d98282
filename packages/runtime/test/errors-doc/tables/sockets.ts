import { spawn, thread } from '@heddle/runtime';
import { copy, copyBidirectional, duplex, TcpListener, TcpStream } from '@heddle/runtime/net';
import { type Provocations, panicOf, wrong } from '../provocations.js';

/** Runs `use` with both ends of a connection, outside any task, and closes them. */
async function connected(use: (near: TcpStream, far: TcpStream) => unknown): Promise<unknown> {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const near = await TcpStream.connect(listener.localAddr());
  const far = await listener.accept();
  try {
    return await use(near, far);
  } finally {
    for (const open of [near, far, listener]) open.close();
  }
}

function closed(stream: TcpStream): TcpStream {
  stream.close();
  return stream;
}

export const sockets: Provocations = {
  '‹caller›: expected "host:port", "[::1]:port" or { host, port }, got ‹value›': [
    () => TcpStream.connect('8080'),
    () => TcpListener.bind(wrong(8080)),
  ],
  '‹caller›: port must be a whole number from 0 to 65535, got ‹value›': [
    () => TcpStream.connect({ host: '127.0.0.1', port: wrong('80') }),
    () => TcpListener.bind({ host: '127.0.0.1', port: wrong(undefined) }),
  ],
  'TcpListener.bind: backlog must be a whole number from 1 to 65535, got ‹value›': () =>
    TcpListener.bind('127.0.0.1:0', { backlog: 0 }),
  'ctrlC: signals reach the main thread alone. Wait for one there, and abort this thread or send it a message.':
    () => panicOf(thread.spawn(async () => void (await import('@heddle/runtime/net')).ctrlC())),
  'copyBidirectional: a stream must have read(), writeAll() and shutdown(), got ‹value›': () =>
    copyBidirectional(duplex(1)[0], wrong({ read() {} })),
  '‹operation›: the other end was closed': () => {
    const [near, far] = duplex(1);
    far.close();
    return near.write('x');
  },
  '‹operation›: close() was called': [
    () => {
      const [near] = duplex(1);
      near.close();
      return near.read();
    },
    () => connected((near) => closed(near).read()),
    () => connected((near) => closed(near).write('x')),
    async () => {
      const listener = await TcpListener.bind('127.0.0.1:0');
      listener.close();
      return listener.accept();
    },
  ],
  '‹operation›: it was closed at the end of task ‹id›: a socket belongs to the task that was passed it, or else was the last to read from it.':
    () =>
      connected(async (near) => {
        await spawn((stream: TcpStream) => void stream, near);
        return near.read();
      }),
  '‹operation›: intoSplit() took it apart: use its halves': () =>
    connected((near) => {
      for (const half of near.intoSplit()) half.close();
      return near.read();
    }),
  '‹operation›: shutdown() was called': () =>
    connected(async (near) => {
      await near.shutdown();
      return near.writeAll('x');
    }),
  'stream.readExact: the peer stopped sending after ‹n› of ‹n› bytes': () =>
    connected(async (near, far) => {
      await far.writeAll('four');
      await far.shutdown();
      return near.readExact(5);
    }),
  '‹operation›: expected a Uint8Array or a string, got ‹value›': () =>
    connected((near) => near.write(wrong([1, 2]))),
  'stream.setNodelay: expected true or false, got ‹value›': () =>
    connected((near) => near.setNodelay(wrong(1))),
  'copy: the reader must have a read() method, got ‹value›': () => copy(wrong({}), wrong({})),
  'copy: the writer must have a writeAll() method, got ‹value›': () =>
    connected((near) => copy(near, wrong({}))),
  'copy: read() must give a Uint8Array or undefined, got ‹value›': () =>
    connected((near) => copy({ read: () => wrong(Promise.resolve('text')) }, near)),
};
