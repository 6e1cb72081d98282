import { open } from 'node:fs/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { move, unmove } from '../../../src/wire/move.js';
import { sendValue } from '../../../src/wire/send-value.js';
import { crossValue } from './cross-value.js';
import { farSide } from './far-side.js';

const run = farSide();

describe('move', () => {
  test('gives the value itself, of the same type', () => {
    const buffer = new ArrayBuffer(8);
    expect(move(buffer)).toBe(buffer);
    expect(move(1)).toBe(1);
    expect(move(undefined)).toBe(undefined);
    expectTypeOf(move(buffer)).toEqualTypeOf<ArrayBuffer>();
    unmove([buffer]);
  });

  test('transfers an ArrayBuffer, and the memory under a view, instead of cloning it', () => {
    const buffer = new ArrayBuffer(8);
    const view = new Uint8Array([1, 2, 3]);
    const copy = crossValue({ buffer: move(buffer), view: move(view) });
    expect([buffer.byteLength, view.byteLength]).toEqual([0, 0]);
    expect([copy.buffer.byteLength, copy.view]).toEqual([8, new Uint8Array([1, 2, 3])]);
  });

  test('clones what is not moved', () => {
    const view = new Uint8Array([1]);
    crossValue({ view });
    expect(view.byteLength).toBe(1);
  });

  test('transfers everything in a value that can be, once', () => {
    const { port1, port2 } = new MessageChannel();
    const view = new Uint8Array(4);
    const value = {
      list: [view, view.buffer, new Uint16Array(view.buffer)],
      port1,
      map: new Map([[1, port2]]),
    };
    const { transfer } = sendValue(move(value), 'args');
    const moved = [view.buffer, port1, port2].map((part) => transfer.includes(part));
    expect([transfer.length, ...moved]).toEqual([3, true, true, true]);
    port1.close();
  });

  test('transfers what is reached through something moved and through something else', () => {
    const view = new Uint8Array(4);
    expect(sendValue([view, move({ view })], 'args').transfer).toEqual([view.buffer]);
    expect(sendValue([move({ view }), view], 'args').transfer).toEqual([view.buffer]);
  });

  test('is used up by the job that carries it', () => {
    const view = move(new Uint8Array(4));
    expect(sendValue([view], 'args').transfer).toHaveLength(1);
    expect(sendValue([view], 'args').transfer).toHaveLength(0);
  });

  test('is forgotten by a spawner whose tasks stay here, however deep it was', () => {
    const view = new Uint8Array(4);
    unmove([{ deep: [move(view)] }]);
    expect(sendValue([view], 'args').transfer).toEqual([]);
  });

  test('never transfers shared memory, which both sides keep', () => {
    const shared = new SharedArrayBuffer(8);
    expect(sendValue(move([shared, new Int32Array(shared)]), 'args').transfer).toEqual([]);
  });

  test('sends ports, streams and files, which cannot be cloned', async () => {
    const { port1, port2 } = new MessageChannel();
    const file = await open(new URL(import.meta.url));
    const said = new Promise((settle) => port1.once('message', settle));
    const size = await run(
      async (port: MessagePort, stream: ReadableStream<string>, handle: typeof file) => {
        for await (const chunk of stream) port.postMessage(chunk);
        const { size } = await handle.stat();
        await handle.close();
        return size;
      },
      move(port2),
      move(
        new ReadableStream<string>({
          start: (to) => {
            to.enqueue('hello');
            to.close();
          },
        }),
      ),
      move(file),
    );
    expect(await said).toBe('hello');
    expect(size).toBeGreaterThan(0);
    port1.close();
  });

  test('may be used on a result', async () => {
    const got = await run((n: number) => new Uint8Array(n).fill(7), 3);
    expect(got).toEqual(new Uint8Array([7, 7, 7]));
  });
});

describe('a Buffer', () => {
  test('arrives as a Uint8Array of its own bytes, not of the pool it was cut from', () => {
    const buffer = Buffer.from('abc');
    expect(buffer.buffer.byteLength).toBeGreaterThan(3);
    const copy = crossValue({ a: [buffer], b: buffer });
    expect(Object.getPrototypeOf(copy.b)).toBe(Uint8Array.prototype);
    expect([...copy.b]).toEqual([97, 98, 99]);
    expect(copy.b.buffer.byteLength).toBe(3);
    expect(copy.a[0]).toBe(copy.b);
  });

  test('leaves the sender what it had, moved or not, when it is a part of a pool', () => {
    const buffer = Buffer.from('abc');
    crossValue([move(buffer)]);
    expect(buffer.toString()).toBe('abc');
  });

  test('is transferred when it is alone in its memory', () => {
    const buffer = Buffer.from(new ArrayBuffer(4));
    crossValue([move(buffer)]);
    expect(buffer.byteLength).toBe(0);
  });

  test('may be anywhere in a value, which is copied and not changed', () => {
    const buffer = Buffer.from('x');
    const value: Record<string, unknown> = {
      map: new Map<unknown, unknown>([[buffer, new Set([buffer])]]),
      error: Object.assign(new TypeError('t', { cause: { buffer } }), { code: 'E', buffer }),
      sparse: Object.assign(new Array(3), { 1: buffer }),
    };
    value.self = value;
    const copy = crossValue(value) as typeof value & {
      self: unknown;
      sparse: unknown[];
      error: Error & { code: string };
    };
    expect(copy.self).toBe(copy);
    expect(0 in copy.sparse).toBe(false);
    expect(copy.sparse[1]).toEqual(new Uint8Array([120]));
    expect(copy.error).toBeInstanceOf(TypeError);
    expect(copy.error).toMatchObject({ message: 't', code: 'E', cause: { buffer: new Uint8Array([120]) } });
    expect(Buffer.isBuffer((value.sparse as unknown[])[1])).toBe(true);
  });
});
