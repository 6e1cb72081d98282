import { connect } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { join, spawn } from '@heddle/runtime';
import { copy, TcpListener, TcpStream } from '@heddle/runtime/net';
import { describe, expect, test } from 'vitest';

const CHUNK = 64 * 1024;
/** More than the kernel takes for both ends of a loopback connection. */
const TOTAL = 64 * 1024 * 1024;

describe('back-pressure', () => {
  test('makes a sender wait for a receiver that does not read, and loses nothing', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const stream = await TcpStream.connect(listener.localAddr());
    const slow = await listener.accept();
    let written = 0;
    const sender = spawn(function* (mine: TcpStream) {
      const chunk = new Uint8Array(CHUNK);
      while (written < TOTAL) written += yield* mine.write(chunk);
      return written;
    }, stream);
    const stoppedAt = await untilStill(() => written);
    expect([stoppedAt > 0, stoppedAt < TOTAL]).toEqual([true, true]);
    let read = 0;
    for (let chunk = await slow.read(); chunk !== undefined; chunk = await slow.read())
      read += chunk.byteLength;
    expect([(await sender).unwrap(), read]).toEqual([TOTAL, TOTAL]);
    slow.close();
    listener.close();
  });

  test('keeps a peer from sending what nobody reads', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const peer = connect({ ...listener.localAddr() });
    const stream = await listener.accept();
    const memory = process.memoryUsage().arrayBuffers;
    peer.end(Buffer.alloc(TOTAL));
    const left = await untilStill(() => peer.writableLength);
    expect(left).toBeGreaterThan(0);
    // What is here is the peer's own buffer, and one read.
    expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(TOTAL + 16 * CHUNK);
    let read = 0;
    for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read())
      read += chunk.byteLength;
    expect(read).toBe(TOTAL);
    stream.close();
    listener.close();
  });

  test('passes through copy, and a side that stalls does not stop the other', async () => {
    const listener = await TcpListener.bind('127.0.0.1:0');
    const [left, leftEnd] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
    const [right, rightEnd] = await join(TcpStream.connect(listener.localAddr()), listener.accept());
    const proxy = spawn(function* () {
      const [fromLeft, toLeft] = leftEnd.split();
      const [fromRight, toRight] = rightEnd.split();
      return yield* join(copy(fromLeft, toRight), copy(fromRight, toLeft));
    });
    let written = 0;
    const stalls = spawn(async (mine: TcpStream) => {
      const [, writer] = mine.split();
      const chunk = new Uint8Array(CHUNK);
      while (written < TOTAL) written += await writer.write(chunk);
      await writer.shutdown();
      const answer = await mine.readExact(4);
      return new TextDecoder().decode(answer);
    }, left);
    expect((await untilStill(() => written)) < TOTAL).toBe(true);
    await right.writeAll('pong');
    await right.shutdown();
    let read = 0;
    for (let chunk = await right.read(); chunk !== undefined && read < TOTAL; ) {
      read += chunk.byteLength;
      if (read === TOTAL) break;
      chunk = await right.read();
    }
    expect([(await stalls).unwrap(), (await proxy).unwrap(), read]).toEqual(['pong', [TOTAL, 4], TOTAL]);
    right.close();
    listener.close();
  });
});

/** The number that `read` gives once it has not changed for many rounds of the event loop. */
async function untilStill(read: () => number): Promise<number> {
  let last = read();
  for (let rounds = 0; rounds < 200; rounds += 1) {
    await nextRound();
    const now = read();
    if (now !== last) rounds = 0;
    last = now;
  }
  return last;
}
