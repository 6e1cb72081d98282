import { join, select, setPanicHook, sleep } from '@heddle/runtime';
import { afterEach, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

afterEach(() => setPanicHook(null));

it('the panic hook is told whether anybody waits on the handle at that moment', async () => {
  const { host, spawn } = byHand();
  const joined: boolean[] = [];
  setPanicHook((info) => void joined.push(info.joined));
  const failing = () =>
    spawn(function* () {
      yield* sleep(5);
      throw 'boom';
    });

  failing();
  const [byGenerator, byAsync, byJoin, fromOutside, byTwoThatLeave, byOneThatLost] = Array.from(
    { length: 6 },
    failing,
  );
  if (!byGenerator || !byAsync || !byJoin || !fromOutside || !byTwoThatLeave || !byOneThatLost)
    throw new Error();
  spawn(function* () {
    yield* byGenerator;
  });
  spawn(async () => void (await byAsync));
  spawn(() => join(byJoin, sleep(1)));
  void fromOutside.then(() => {});
  const leaving = [
    spawn(async () => await byTwoThatLeave),
    spawn(function* () {
      yield* byTwoThatLeave;
    }),
  ];
  spawn(() => select({ byOneThatLost, first: sleep(1) }));

  await host.settle();
  for (const handle of leaving) handle.abort();
  await host.advance(5);
  expect(joined).toEqual([false, true, true, true, true, false, false]);
});
