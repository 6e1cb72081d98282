import { join, spawn } from '@heddle/runtime';
import { copy, TcpListener, type TcpStream } from '@heddle/runtime/net';
import type { Print } from '../program.js';

export function* program(print: Print, firstAddress = '127.0.0.1:0', secondAddress = '127.0.0.1:0') {
  const first = yield* TcpListener.bind(firstAddress);
  const second = yield* TcpListener.bind(secondAddress);
  print(`listening on ${first.localAddr()} and ${second.localAddr()}`);
  try {
    yield* echoes(first, second, print);
  } finally {
    print('no longer listening');
  }
}

/** Serves two listeners at a time, until both have failed. */
export function* echoes(first: TcpListener, second: TcpListener, print: Print) {
  const outcomes = yield* join(spawn(echo, first, 'first', print), spawn(echo, second, 'second', print));
  for (const outcome of outcomes) outcome.unwrap();
}

function* echo(listener: TcpListener, name: string, print: Print) {
  for (let connection = 1; ; connection += 1) {
    const socket = yield* listener.accept();
    spawn(serve, socket, `${name} listener, connection ${connection}`, print);
  }
}

function* serve(socket: TcpStream, name: string, print: Print) {
  print(`${name}: accepted`);
  const [reader, writer] = socket.split();
  const byteCount = yield* copy(reader, writer);
  print(`${name}: ended after ${byteCount} bytes`);
}
