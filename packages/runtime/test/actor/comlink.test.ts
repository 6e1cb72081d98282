import { proxy, tasksFrom, thread } from '@heddle/runtime';
import * as comlink from 'comlink';
import { expect, test } from 'vitest';

/** comlink keeps one list of handlers for a whole thread: neither a program's use of it nor ours meets the other. */
const { Greedy } = tasksFrom<typeof import('./modules/with-comlink.mjs')>(
  new URL('./modules/with-comlink.mjs', import.meta.url),
);
const { Caller } = tasksFrom<typeof import('./modules/actors.mjs')>(
  new URL('./modules/actors.mjs', import.meta.url),
);

test("actors leave comlink's handlers as they are", async () => {
  await using actor = thread.actor(Caller);
  await actor.remote.times(
    1,
    proxy((n: number) => n),
  );
  expect([...comlink.transferHandlers.keys()]).toEqual(['proxy', 'throw']);
});

test("a program's handlers that claim everything, on both sides, do not get hold of an actor's calls", async () => {
  comlink.transferHandlers.set('everything', {
    canHandle: (value): value is object => value !== undefined,
    serialize: (value) => [{ claimed: value }, []],
    deserialize: ({ claimed }) => claimed,
  });
  try {
    await using actor = thread.actor(Greedy);
    expect(await actor.remote.greet('ann')).toEqual({
      text: 'hello, ann',
      handlers: ['proxy', 'throw', 'everything'],
    });
    await expect(actor.remote.fail()).rejects.toMatchObject({ name: 'RangeError', code: 'E_NO' });
  } finally {
    comlink.transferHandlers.delete('everything');
  }
});

test("a program's own use of comlink throws as comlink does, beside an actor", async () => {
  await using actor = thread.actor(Caller);
  const { port1, port2 } = new MessageChannel();
  comlink.expose(
    {
      fail() {
        throw Object.assign(new RangeError('no'), { code: 'E_NO' });
      },
    },
    port1 as unknown as comlink.Endpoint,
  );
  const mine = comlink.wrap<{ fail(): void }>(port2 as unknown as comlink.Endpoint);
  const error: unknown = await mine.fail().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'RangeError', message: 'no' });
  expect(error).not.toHaveProperty('code');
  expect(
    await actor.remote.times(
      1,
      proxy(() => 1),
    ),
  ).toBe(1);
  port1.close();
});
