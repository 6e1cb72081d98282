import { join, shielded, sleep } from '@heddle/runtime';
import { expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

it('holds an abort back until the last of several shielded branches has ended', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  const handle = spawn(function* () {
    yield* join(
      shielded(function* () {
        yield* sleep(10);
      }),
      shielded(function* () {
        yield* sleep(50);
        lines.push('whole');
      }),
    );
    yield* sleep(1000);
  });
  await host.advance(5);
  handle.abort();
  await host.advance(50);
  expect(lines).toEqual(['whole']);
  expect(await outcomeOf(handle)).toBe('cancelled');
});

it('tells what waits beside it of an abort that came in a shielded call, between two polls', async () => {
  const { host, spawn } = byHand();
  let go = (): void => {};
  const foreign = new Promise<void>((resolve) => {
    go = resolve;
  });
  const handle = spawn(async () => {
    const beside = (async () => sleep(60_000))();
    await foreign;
    await shielded(() => handle.abort()).then(undefined, () => undefined);
    await beside;
  });
  await host.settle();
  go();
  await host.settle();
  expect(await outcomeOf(handle)).toBe('cancelled');
});
