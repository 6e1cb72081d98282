import { proxy, registerClass, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, expect, test } from 'vitest';

/** Functions that an actor is given, or gives. */
const { Caller, Journal } = tasksFrom<typeof import('./modules/actors.mjs')>(
  new URL('./modules/actors.mjs', import.meta.url),
);

class NoMoney extends Error {}
registerClass(NoMoney, 'test.NoMoney');

const caller = thread.actor(Caller);
const { remote } = caller;
afterAll(async () => {
  await caller.stop();
});

test('a callback is called over here, in order, and what it gives goes back', async () => {
  const seen: number[] = [];
  const last = await remote.times(
    3,
    proxy(async (i: number) => {
      seen.push(i);
      return { twice: i * 2 };
    }),
  );
  expect(seen).toEqual([0, 1, 2]);
  expect(last).toEqual({ twice: 4 });
});

test('calls that nobody awaits over there arrive before what the method returns', async () => {
  const seen: number[] = [];
  const done = remote.report(100, { onProgress: proxy((i: number) => void seen.push(i)) });
  expect(await done).toBe('done');
  expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('what a callback throws is thrown over there, and comes back as itself', async () => {
  const failing = proxy(() => {
    throw new NoMoney('none');
  });
  await expect(remote.times(1, failing)).rejects.toBeInstanceOf(NoMoney);
});

test('what a callback gives and cannot cross is thrown over there by name', async () => {
  const wrong = proxy(() => ({ fn: () => 1 }));
  await expect(remote.times(1, wrong)).rejects.toThrow(
    'a proxied function: result.fn: function cannot cross to another thread.',
  );
});

test('the same function is the same over there, as long as it is held', async () => {
  const listener = (value: number): void => void heard.push(value);
  const heard: number[] = [];
  expect(await remote.keep(proxy(listener))).toBe(1);
  expect(await remote.keep(proxy(listener))).toBe(1);
  await remote.tell(7);
  expect(await remote.drop(proxy(listener))).toBe(true);
  await remote.tell(8);
  expect(heard).toEqual([7]);
});

test('an actor can give functions, by themselves and in an object', async () => {
  const add = await remote.adder(3);
  expect(await add(4)).toBe(7);
  const { up, down } = await remote.pair();
  expect([await up(1), await down(1)]).toEqual([2, 0]);
  expect(() => up((() => 1) as never)).toThrow('a proxied function: args[0]: function cannot cross');
});

test('a function of one actor can be given to another', async () => {
  await using other = thread.actor(Caller);
  const add = await remote.adder(10);
  expect(await other.remote.times(2, add)).toBe(11);
});

test('a constructor can be given one', async () => {
  const told: string[] = [];
  const journal = thread.actor(
    Journal,
    proxy((what: string) => void told.push(what)),
  );
  await journal.remote.note('a');
  expect((await journal.stop()).ok).toBe(true);
  expect(told).toEqual(['disposed after a']);
});

test('a function of an actor that is gone rejects as its methods do', async () => {
  const other = thread.actor(Caller);
  const add = await other.remote.adder(1);
  await other.stop();
  await expect(add(1)).rejects.toMatchObject({ name: 'ActorStopped' });
});

test('a proxy is made once, and works here too', async () => {
  const twice = (n: number): number => n * 2;
  expect(proxy(twice)).toBe(proxy(twice));
  expect(proxy(proxy(twice))).toBe(proxy(twice));
  expect(await proxy(twice)(4)).toBe(8);
});
