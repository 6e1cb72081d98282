import { type JoinHandle, sleep, task, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** What `task.builder` spawns inside a task of a runtime turned by hand runs there too. */
async function inside<T>(run: () => JoinHandle<T>) {
  const { host, spawn } = byHand();
  let made: JoinHandle<T> | undefined;
  spawn(() => {
    made = run();
  });
  await host.settle();
  return { host, handle: made as JoinHandle<T> };
}

describe('task.builder', () => {
  it('gives the task its name, which its handle, its error and its hang report say', async () => {
    const { handle } = await inside(() =>
      task.builder({ name: 'crawler' }).spawn(function* () {
        yield* yieldNow();
        throw new Error('boom');
      }),
    );
    expect(handle.name).toBe('crawler');
    expect(await handle).toMatchObject({ ok: false, error: { taskName: 'crawler', kind: 'panic' } });
  });

  it('may be used many times, and takes every form of body', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const named = task.builder({ name: 'many' });
      const object = (function* () {
        return 'an object';
      })();
      const handles: JoinHandle<string>[] = [
        named.spawn(() => 'plain'),
        named.spawn(async (text: string) => text, 'async'),
        named.spawn(function* (text: string) {
          return text;
        }, 'generator'),
        named.spawn(object),
      ];
      const values: string[] = [];
      for (const each of handles) values.push(`${each.name} ${(await each).unwrap()}`);
      return values.join(', ');
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('many plain, many async, many generator, many an object');
  });

  it('keeps a task from beginning whose signal has fired, with its reason', async () => {
    let began = false;
    const { handle } = await inside(() =>
      task.builder({ signal: AbortSignal.abort('why') }).spawn(() => {
        began = true;
      }),
    );
    expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'why' } });
    expect(began).toBe(false);
  });

  it.each(['generator', 'async'])('aborts a %s task when its signal fires, with its reason', async (form) => {
    const controller = new AbortController();
    const { host, handle } = await inside<void>(() => {
      const builder = task.builder({ signal: controller.signal });
      if (form === 'async') return builder.spawn(async () => await sleep(1000));
      return builder.spawn(function* () {
        yield* sleep(1000);
      });
    });
    await host.advance(1);
    expect(handle.isFinished()).toBe(false);
    controller.abort('why');
    await host.settle();
    expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'why' } });
    expect(host.pendingTimers).toBe(0);
  });

  it('does not mind a signal that fires after the end', async () => {
    const controller = new AbortController();
    const { handle } = await inside(() => task.builder({ signal: controller.signal }).spawn(() => 'value'));
    controller.abort();
    expect(await outcomeOf(handle)).toBe('value');
  });

  it('aborts a task that has not settled in time, counted from its first poll', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      const limited = task.builder({ timeoutMs: 10 }).spawn(function* () {
        try {
          yield* sleep(1000);
        } finally {
          yield* sleep(2);
          lines.push(`left at ${host.now()}`);
        }
      });
      const quick = task.builder({ timeoutMs: 10 }).spawn(() => sleep(9));
      return [(yield* quick).ok, (yield* limited).ok].join(' ');
    });
    await host.advance(12);
    expect([await outcomeOf(handle), lines]).toEqual(['true false', ['left at 12']]);
    expect(host.pendingTimers).toBe(0);
  });

  it('says in the cause that the time was up', async () => {
    const { host, handle } = await inside(() => task.builder({ timeoutMs: 3 }).spawn(() => sleep(1000)));
    await host.advance(3);
    expect(await handle).toMatchObject({
      ok: false,
      error: { kind: 'cancelled', cause: { message: 'timeoutMs: 3 ms have passed' } },
    });
  });

  it.each([
    ['name', { name: 5 }, TypeError],
    ['signal', { signal: {} }, TypeError],
    ['timeoutMs', { timeoutMs: -1 }, RangeError],
    ['timeoutMs', { timeoutMs: '1' }, TypeError],
    ['abandonAfterMs', { abandonAfterMs: Number.NaN }, RangeError],
    ['abandonAfterMs', { abandonAfterMs: true }, TypeError],
    ['deadlineMs', { deadlineMs: -1 }, RangeError],
    ['tickets', { tickets: 0 }, RangeError],
    ['tickets', { tickets: 1.5 }, RangeError],
    ['priority', { priority: 'high' }, TypeError],
    ['nmae', { nmae: 'crawler' }, TypeError],
  ])('refuses a wrong %s by its name: %j', (name, options, kind) => {
    expect(() => task.builder(options as never)).toThrow(kind);
    expect(() => task.builder(options as never)).toThrow(name);
  });

  it('refuses options that are none', () => {
    for (const options of [null, 5, 'name']) expect(() => task.builder(options as never)).toThrow(TypeError);
  });
});
