import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { decodeThrown } from '../../src/wire/error-codec.js';

const codec = JSON.stringify(new URL('../../src/wire/error-codec.ts', import.meta.url).href);
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.terminate();
});

/** Runs `body` on a thread of its own and gives what it threw there, as it arrives here. */
async function thrownOnAThread(body: string): Promise<unknown> {
  const source = `
    import('tsx/esm/api').then(async ({ tsImport }) => {
      const { encodeThrown } = await tsImport(${codec}, ${codec});
      const { parentPort } = await import('node:worker_threads');
      try { ${body} } catch (thrown) { parentPort.postMessage(encodeThrown(thrown)); }
    });
  `;
  worker = new Worker(source, { eval: true });
  const [message] = await once(worker, 'message');
  return decodeThrown(message);
}

it('brings an error from a real thread with the frames of that thread', async () => {
  const thrown = (await thrownOnAThread(`
    class DbError extends TypeError { code = 'E_DB'; retry() {} }
    function query() { throw Object.assign(new DbError('no table', { cause: new DOMException('late', 'AbortError') }), { run() {} }); }
    query();
  `)) as TypeError & { code: string; run: string };
  expect(thrown).toBeInstanceOf(TypeError);
  expect(thrown).toMatchObject({ message: 'no table', code: 'E_DB', run: '[Function: run]' });
  expect(thrown.stack).toMatch(/^DbError: no table\n {4}at query \(\[worker eval\]/);
  expect(thrown.cause).toBeInstanceOf(DOMException);
  expect((thrown.cause as DOMException).code).toBe(20);
});

it('brings what is no error from a real thread', async () => {
  expect(await thrownOnAThread('throw undefined')).toBe(undefined);
});
