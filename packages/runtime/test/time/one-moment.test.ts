import { sleep } from '@heddle/runtime';
import { expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

const SLEEPERS = 1_000;

function sleepers() {
  const { host, spawn } = byHand();
  const woken: number[] = [];
  const handles = Array.from({ length: SLEEPERS }, (_, n) =>
    spawn(function* () {
      yield* sleep(10);
      woken.push(n);
    }),
  );
  return { host, spawn, woken, handles };
}

it('wakes who sleeps until one moment in the order of their sleeps, whoever of them was withdrawn', async () => {
  const { host, spawn, woken, handles } = sleepers();
  await host.settle();
  for (const [n, handle] of handles.entries()) if (n % 7 !== 0) handle.abort();
  await host.settle();
  const late = spawn(function* () {
    yield* sleep(10);
    woken.push(SLEEPERS);
  });
  await host.advance(10);
  expect(late.isFinished()).toBe(true);
  expect(woken).toEqual([...handles.keys(), SLEEPERS].filter((n) => n % 7 === 0 || n === SLEEPERS));
});

it('sets nothing of the host any more when all who sleep until one moment were withdrawn', async () => {
  const { host, woken, handles } = sleepers();
  await host.settle();
  expect(host.pendingTimers).toBe(1);
  for (const handle of [...handles].reverse()) handle.abort();
  await host.settle();
  expect(host.pendingTimers).toBe(0);
  await host.advance(10);
  expect(woken).toEqual([]);
  expect(handles.every((handle) => handle.isFinished())).toBe(true);
});
