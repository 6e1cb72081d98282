import { blocking, CancellationToken, main, Runtime, sleep, task, thread, timeout } from '@heddle/runtime';
import { TcpListener, TcpStream } from '@heddle/runtime/net';
import { mpsc, Semaphore } from '@heddle/runtime/sync';
import { ManualHost } from '@heddle/runtime/testing';
import { record } from '@heddle/runtime/trace';
import { type Provocations, wrong } from '../provocations.js';

/** What several functions say of their arguments. */
export const callArguments: Provocations = {
  '‹caller›: expected an object of options, got ‹value›': [
    () => main(() => 1, wrong(null)),
    () => new Runtime(wrong(null)),
    () => record(wrong([])),
    () => new Runtime().shutdown(wrong(null)),
    () => task.builder(wrong('name')),
    () => thread.builder(wrong(null)),
    () => blocking.builder(wrong(null)),
    () => TcpListener.bind('127.0.0.1:0', wrong(null)),
  ],
  '‹caller›: name must be a string, got ‹value›': [
    () => task.builder({ name: wrong(1) }),
    () => thread.builder({ name: wrong(1) }),
    () => blocking.builder({ name: wrong(1) }),
  ],
  '‹caller›: signal must be an AbortSignal, got ‹value›': [
    () => task.builder({ signal: wrong(new AbortController()) }),
    () => thread.builder({ signal: wrong({}) }),
    () => blocking.builder({ signal: wrong({}) }),
    () => CancellationToken.fromSignal(wrong(null)),
  ],
  '‹caller›: there is no option ‹name›': [
    () => main(() => 1, wrong({ signal: false })),
    () => new Runtime(wrong({ polices: 'fifo' })),
    () => new Runtime().shutdown(wrong({ timeout: 1 })),
    () => task.builder(wrong({ timeout: 1 })),
    () => thread.builder(wrong({ grace: 1 })),
    () => blocking.builder(wrong({ grace: 1 })),
    () => new Runtime({ blocking: wrong({ threads: 1 }) }),
    () => TcpListener.bind('127.0.0.1:0', wrong({ back: 1 })),
  ],
  '‹caller›: ‹option› must be a number of milliseconds, got ‹value›': [
    () => sleep(wrong('1')),
    () => timeout(wrong('1'), sleep(1)),
    () => task.builder({ timeoutMs: wrong('1') }),
    () => task.builder({ abandonAfterMs: wrong(true) }),
    () => task.builder({ deadlineMs: wrong('1') }),
    () => thread.builder({ timeoutMs: wrong('1') }),
    () => blocking.builder({ deadlineMs: wrong('1') }),
    () => new Runtime({ blocking: { idleTimeoutMs: wrong('1') } }),
    () => thread.builder({ graceMs: wrong('1') }),
    () => new Runtime().shutdown({ timeoutMs: wrong('1') }),
    () => new ManualHost().advance(wrong('1')),
  ],
  '‹caller›: ‹option› must be zero or more milliseconds, got ‹n›': [
    () => sleep(-1),
    () => timeout(Number.NaN, sleep(1)),
    () => task.builder({ timeoutMs: -1 }),
    () => thread.builder({ graceMs: -1 }),
  ],
  '‹caller›: ‹option› must be a whole number, got ‹value›': [
    () => new Runtime({ eventInterval: wrong('61') }),
    () => task.builder({ tickets: wrong('1') }),
    () => mpsc.channel(wrong('8')),
    () => new Semaphore(wrong('1')),
    async () => (await connected()).readExact(wrong('1')),
  ],
  '‹caller›: ‹option› must be a whole number of at least ‹least›, got ‹n›': [
    () => new Runtime({ eventInterval: 0 }),
    () => task.builder({ tickets: 0.5 }),
  ],
  '‹caller›: ‹option› must be a whole number from ‹least› to ‹most›, got ‹n›': [
    () => mpsc.channel(0),
    () => new Semaphore(-1),
    () => new Semaphore(1).acquireMany(-1),
    () => mpsc.channel(1)[1].recvMany([], 0.5),
    () => TcpStream.connect('127.0.0.1:65536'),
    async () => (await connected()).readExact(-1),
  ],
};

/** A stream that is closed: arguments are checked before that. */
async function connected(): Promise<TcpStream> {
  const listener = await TcpListener.bind('127.0.0.1:0');
  const stream = await TcpStream.connect(listener.localAddr());
  stream.close();
  listener.close();
  return stream;
}
