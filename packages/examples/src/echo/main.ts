import { copy, TcpListener } from '@heddle/runtime/net';
import type { Print } from '../program.js';

export function* program(print: Print, address = '127.0.0.1:0') {
  const listener = yield* TcpListener.bind(address);
  print(`listening on ${listener.localAddr()}`);
  try {
    yield* echo(listener, print);
  } finally {
    print('no longer listening');
  }
}

/** Sends back what each client says, one client at a time, until it is aborted. */
export function* echo(listener: TcpListener, print: Print) {
  for (let connection = 1; ; connection += 1) {
    using socket = yield* listener.accept();
    print(`connection ${connection}: accepted`);
    const [reader, writer] = socket.split();
    const byteCount = yield* copy(reader, writer);
    print(`connection ${connection}: ended after ${byteCount} bytes`);
  }
}
