import { createConnection } from 'node:net';
import { Runtime, setPanicHook, spawn } from '@heddle/runtime';
import { TcpStream } from '@heddle/runtime/net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as oneAtATime from '../../src/echo/main.js';
import * as spawned from '../../src/echo-spawned/main.js';
import { ask, hearOut } from './client.js';
import { expectedTranscript, Transcript } from './transcript.js';

let runtime: Runtime;
let transcript: Transcript;

beforeEach(() => {
  runtime = new Runtime();
  transcript = new Transcript();
});

afterEach(async () => {
  setPanicHook(null);
  await runtime.shutdown();
});

/** Starts a program, and gives the addresses that it prints first. */
async function start(program: typeof oneAtATime.program | typeof spawned.program) {
  const server = runtime.spawn(program, transcript.print);
  await vi.waitUntil(() => transcript.lines.length > 0);
  const [first = '', second = ''] = transcript.lines[0]?.match(/127\.0\.0\.1:\d+/g) ?? [];
  return { server, first, second };
}

describe('client A connects and stays silent; then client B speaks', () => {
  test('echo: B is not answered before A is done', async () => {
    const { server, first } = await start(oneAtATime.program);
    const a = await TcpStream.connect(first);
    const b = await TcpStream.connect(first);
    await b.writeAll('from B');
    const answer = spawn(hearOut, b);
    // A server that serves both has answered B before the last of these.
    await speak(a, 'x', 4);
    expect(answer.isFinished()).toBe(false);
    await a.writeAll('y');
    expect(await hearOut(a)).toBe('y');
    expect((await answer).unwrap()).toBe('from B');

    server.abort();
    await server;
    expect(transcript.toString()).toBe(expectedTranscript('echo'));
  });

  test('echo-spawned: B is answered all the same, and so is C on the other listener', async () => {
    const { server, first, second } = await start(spawned.program);
    const a = await TcpStream.connect(first);
    expect(await ask(first, 'from B')).toBe('from B');
    expect(await ask(second, 'and C')).toBe('and C');
    await a.writeAll('and A');
    expect(await hearOut(a)).toBe('and A');

    server.abort();
    await server;
    expect(transcript.toString()).toBe(expectedTranscript('echo-spawned'));
  });
});

describe.each([
  ['echo', oneAtATime.program],
  ['echo-spawned', spawned.program],
] as const)('%s', (_name, program) => {
  test('sends the rest to a client that has ended its side', async () => {
    const { first } = await start(program);
    const long = 'word '.repeat(100_000);
    expect(await ask(first, long)).toBe(long);
  });

  test('serves many clients, each its own words', async () => {
    const { first, second } = await start(program);
    const requests = ['hello', 'world', 'foo', 'bar'].flatMap((word) =>
      [first, second || first].map((address) => [address, word] as const),
    );
    const handles = requests.map(([address, word]) => spawn(ask, address, word));
    for (const [index, handle] of handles.entries()) {
      expect((await handle).unwrap()).toBe(requests[index]?.[1]);
    }
  });

  test('takes no more connections after an abort', async () => {
    const { first } = await start(program);
    await runtime.shutdown();
    await expect(TcpStream.connect(first)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(transcript.lines.at(-1)).toBe('no longer listening');
  });
});

describe('a client that resets its connection', () => {
  beforeEach(() => setPanicHook(() => undefined));

  test('ends the server that serves it in its own task', async () => {
    const { server, first } = await start(oneAtATime.program);
    await reset(first);
    const outcome = await server;
    expect(outcome.ok ? 'served on' : outcome.error.intoPanic()).toMatchObject({ code: 'ECONNRESET' });
  });

  test('ends only its own task where it has one', async () => {
    const { first } = await start(spawned.program);
    await reset(first);
    expect(await ask(first, 'still there?')).toBe('still there?');
  });
});

/** Writes `word` and waits for it, `times` times. */
async function speak(stream: TcpStream, word: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await stream.writeAll(word);
    await stream.readExact(word.length);
  }
}

async function reset(address: string): Promise<void> {
  const [host = '', port] = address.split(':');
  const socket = createConnection(Number(port), host);
  const before = transcript.lines.length;
  await vi.waitUntil(() => transcript.lines.length > before);
  socket.resetAndDestroy();
}
