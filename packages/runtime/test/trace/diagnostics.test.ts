import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';
import { blocking, Runtime, setPanicHook, spawnBlocking, task, thread } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** What is published on a channel while `run` goes on. */
async function told(name: string, run: () => Promise<unknown>): Promise<unknown[]> {
  const messages: unknown[] = [];
  const hear = (message: unknown): void => void messages.push(message);
  subscribe(name, hear);
  try {
    await run();
  } finally {
    unsubscribe(name, hear);
  }
  return messages;
}

describe('whoever subscribes is told of', () => {
  it('heddle:task:spawn, of a runtime that is made after that', async () => {
    const messages = await told('heddle:task:spawn', async () => {
      const runtime = new Runtime({ debug: true });
      await runtime.spawn(async () => task.builder({ name: 'inner' }).spawn(function* () {}));
    });
    expect(messages).toEqual([
      { id: expect.any(Number), name: undefined, spawnedAt: expect.stringContaining('diagnostics.test.ts') },
      { id: expect.any(Number), name: 'inner', spawnedAt: expect.stringContaining('diagnostics.test.ts') },
    ]);
  });

  it('heddle:task:settle, with the end', async () => {
    const messages = await told('heddle:task:settle', async () => {
      const runtime = new Runtime();
      await runtime.spawn(async () => 1);
      await runtime.spawn(async () => {
        throw new Error('boom');
      });
      const handle = runtime.spawn(async () => 1);
      handle.abort();
      await handle;
    });
    expect(messages.map((message) => (message as { end: string }).end)).toEqual([
      'value',
      'panic',
      'cancelled',
    ]);
  });

  it('heddle:task:spawn and heddle:task:settle, of jobs of threads and pools', async () => {
    const spawned = new Set<unknown>();
    const hear = (message: unknown): void => void spawned.add((message as { name: unknown }).name);
    subscribe('heddle:task:spawn', hear);
    const settled = await told('heddle:task:settle', async () => {
      const named = (name: string, signal?: AbortSignal) =>
        thread.builder(signal === undefined ? { name } : { name, signal });
      await named('value').spawn(() => 1);
      await named('panic').spawn(() => {
        throw new Error('boom');
      });
      await named('crash').spawn(() => process.exit(4));
      await named('cancelled', AbortSignal.abort()).spawn(() => 1);
      await blocking.builder({ name: 'job' }).spawn(() => 1);
      await blocking.builder({ name: 'crashed job' }).spawn(() => process.exit(4));
    });
    unsubscribe('heddle:task:spawn', hear);
    const names = ['value', 'panic', 'crash', 'cancelled', 'job', 'crashed job'];
    expect([...spawned]).toEqual(names);
    const ends = ['value', 'panic', 'crash', 'cancelled', 'value', 'crash'];
    expect(settled).toEqual(names.map((name, at) => ({ id: expect.any(Number), name, end: ends[at] })));
  });

  it('heddle:panic, with what the panic hook is told', async () => {
    const hooked: unknown[] = [];
    setPanicHook((info) => hooked.push(info));
    const messages = await told('heddle:panic', async () => {
      await new Runtime().spawn(async () => {
        throw new Error('boom');
      });
    });
    expect(messages).toHaveLength(1);
    expect(messages).toEqual(hooked);
  });

  it('heddle:thread:start and heddle:thread:exit, of a thread of its own', async () => {
    let id = 0;
    const run = async (): Promise<void> => {
      const handle = thread.builder({ name: 'crew' }).spawn(() => 1);
      id = thread.of(handle).id;
      await handle;
    };
    expect(await told('heddle:thread:start', run)).toEqual([{ kind: 'thread', threadId: id, name: 'crew' }]);
    expect(await told('heddle:thread:exit', run)).toEqual([
      { kind: 'thread', threadId: id, name: 'crew', exitCode: 0 },
    ]);
  });

  it('heddle:thread:start and heddle:thread:exit, of a thread of a pool', async () => {
    const runtime = new Runtime();
    const started = await told('heddle:thread:start', async () => {
      await runtime.spawnBlocking(() => 1);
    });
    const [{ threadId }] = started as [{ readonly threadId: number }];
    expect(started).toEqual([{ kind: 'blocking', threadId, name: undefined }]);
    const ended = await told('heddle:thread:exit', () => runtime.shutdown());
    expect(ended).toEqual([{ kind: 'blocking', threadId, name: undefined, exitCode: expect.any(Number) }]);
    expect(await spawnBlocking(() => 1)).toMatchObject({ ok: true });
  });

  it('heddle:long-poll, of a runtime that reports those', async () => {
    const messages = await told('heddle:long-poll', async () => {
      const runtime = new Runtime({ longPollMs: 0 });
      await runtime.spawn(async () => 1);
    });
    expect(messages).toEqual([
      { id: expect.any(Number), name: undefined, spawnedAt: undefined, ms: expect.any(Number) },
    ]);
  });

  it('heddle:hang, with what each task waits for', async () => {
    const program = fileURLToPath(new URL('./modules/hanging.mjs', import.meta.url));
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, [program], (_, stdout) => resolve(stdout));
    });
    expect(JSON.parse(output)).toEqual({
      tasks: [{ id: 1, name: 'waiting', waitsFor: 'receiver.recv()' }],
    });
  });
});
