import { CancellationToken, Elapsed, sleep, spawn, timeout, yieldNow } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// Outside any task a timeout is measured by the clock of the process, which no test turns.
const inTasks = places.filter((place) => place !== 'no task');

describe.each(inTasks)('timeout in %s', (place) => {
  it('gives the value that came in time, and withdraws its timer', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () => timeout(100, endsAfter(90, 'in time').unwrap()));
    await host.advance(90);
    expect(await ended).toMatchObject({ value: { ok: true, value: 'in time' } });
    expect(host.pendingTimers).toBe(0);
  });

  it('gives Elapsed when the time is up, and has left the branch by then', async () => {
    const { host, lines, wait } = scene();
    const ended = wait(place, () =>
      timeout(
        10,
        (function* () {
          try {
            yield* sleep(1000);
          } finally {
            yield* sleep(2);
            lines.push(`left at ${host.now()}`);
          }
        })(),
      ),
    );
    await host.advance(12);
    const end = await ended;
    if (!('value' in end) || end.value.ok) throw new Error('it did not elapse');
    expect(end.value.error).toBeInstanceOf(Elapsed);
    expect(end.value.error).toMatchObject({
      message: 'deadline has elapsed',
      code: 'ERR_ELAPSED',
      delayMs: 10,
    });
    expect([lines, host.pendingTimers]).toEqual([['left at 12'], 0]);
  });

  it('prefers a value that is there, though the deadline is now or has passed', async () => {
    const { host, spawn, wait } = scene();
    const done = spawn(() => 'done');
    await host.settle();
    const atOnce = wait(place, () => timeout(0, done.unwrap()));
    const asleep = wait(place, () => timeout(5, sleep(5)));
    await host.advance(5);
    expect(await atOnce).toMatchObject({ value: { ok: true, value: 'done' } });
    expect(await asleep).toMatchObject({ value: { ok: true } });
  });

  it('throws on what its branch throws, and withdraws its timer', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      timeout(
        100,
        endsAfter(1, 0)
          .unwrap()
          .then(() => Promise.reject('boom')),
      ),
    );
    await host.advance(1);
    expect([await ended, host.pendingTimers]).toEqual([{ thrown: 'boom' }, 0]);
  });

  it('leaves a task alone, and loses no message', async () => {
    const { host, wait, endsAfter } = scene();
    const [sender, receiver] = mpsc.channel<string>(1);
    const task = endsAfter(9, 'goes on');
    const waits = [wait(place, () => timeout(1, task)), wait(place, () => timeout(1, receiver.recv()))];
    await host.advance(1);
    for (const end of waits) expect(await end).toMatchObject({ value: { ok: false } });
    sender.trySend('kept');
    const received = wait(place, () => receiver.recv());
    await host.advance(8);
    expect(await received).toEqual({ value: 'kept' });
    expect(await outcomeOf(task)).toBe('goes on');
  });
});

describe('timeout', () => {
  it('counts from its call, not from its first use', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const limited = timeout(10, new CancellationToken().cancelled());
      yield* sleep(8);
      const result = yield* limited;
      return `${result.ok} at ${host.now()}`;
    });
    await host.advance(10);
    expect(await outcomeOf(handle)).toBe('false at 10');
  });

  it('may stand in another: the shorter one counts', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const inner = await timeout(9, timeout(3, sleep(100)));
      const outer = await timeout(3, timeout(9, sleep(100)));
      return [inner.unwrap().ok, outer.ok, host.now()].join(' ');
    });
    await host.advance(6);
    expect(await outcomeOf(handle)).toBe('false false 6');
  });

  it('never fires with a delay that never ends', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => (await timeout(Number.POSITIVE_INFINITY, sleep(2 ** 40))).ok);
    await host.runToEnd();
    expect(await outcomeOf(handle)).toBe('true');
  });

  it.each(places)(
    'fires in %s although its branch is always ready and uses up every budget',
    async (place) => {
      // On the clock of the process: one that stands still has no time that could be up.
      const done = spawn(() => 'done');
      const limited = () =>
        timeout(
          1,
          (function* () {
            for (;;) yield* done;
          })(),
        );
      if (place === 'no task') expect((await limited()).ok).toBe(false);
      else if (place === 'an async task')
        expect((await spawn(async () => (await limited()).ok)).unwrap()).toBe(false);
      else {
        const handle = spawn(function* () {
          return (yield* limited()).ok;
        });
        expect((await handle).unwrap()).toBe(false);
      }
    },
  );

  it('works outside any task, on the clock of the process', async () => {
    const elapsed = await timeout(1, new CancellationToken().cancelled());
    const value = await timeout(60_000, yieldNow());
    expect([elapsed.ok, value.ok]).toEqual([false, true]);
  });

  it.each([[-1], [Number.NaN]])('refuses a delay of %s', (delayMs) => {
    expect(() => timeout(delayMs, sleep(1))).toThrow(RangeError);
  });
});
