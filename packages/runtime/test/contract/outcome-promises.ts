import { join, spawn as spawnHere } from '@heddle/runtime';
import { expect } from 'vitest';
import type { ContractPromise } from './contract-promise.js';
import { GATE, newProgress, STEP } from './program.js';
import { reached, settled } from './waiting.js';

/** What a handle promises about the outcome, whoever runs the task. */
export const outcomePromises: readonly ContractPromise[] = [
  [
    'gives the value of the body',
    async ({ spawn }) => {
      expect(await spawn('returns42', newProgress())).toMatchObject({ ok: true, value: 42 });
      expect(await spawn('returnsNothing', newProgress())).toMatchObject({ ok: true, value: undefined });
    },
  ],
  [
    'gives a panic when the body throws, and never rejects',
    async ({ spawn, here }) => {
      const handle = spawn('throwsBoom', newProgress());
      const result = await handle;
      if (result.ok) throw new Error('it did not panic');
      const { error } = result;
      expect([error.kind, error.code]).toEqual(['panic', 'ERR_TASK_PANIC']);
      expect([error.isPanic(), error.isCancelled(), error.isCrash()]).toEqual([true, false, false]);
      expect(error.id).toBe(handle.id);
      expect(error.message).toBe(`task ${handle.id} panicked with message "boom"`);
      const payload = error.intoPanic() as Error;
      expect(payload).toBeInstanceOf(Error);
      expect(payload.message).toBe('boom');
      expect(payload.stack).toContain(here ? 'throwsBoom' : 'programs/');
    },
  ],
  [
    'tells a throw of nothing from no throw',
    async ({ spawn }) => {
      const handle = spawn('throwsUndefined', newProgress());
      const result = await handle;
      if (result.ok) throw new Error('it did not panic');
      expect(result.error.message).toBe(`task ${handle.id} panicked`);
      expect('cause' in result.error).toBe(true);
      expect(result.error.intoPanic()).toBe(undefined);
    },
  ],
  [
    'runs no line of the body before the spawn returns',
    async (spawner) => {
      const progress = newProgress();
      const handle = spawner.spawn('waits', progress);
      if (spawner.here) expect(progress[STEP]).toBe(0);
      expect(handle.isFinished()).toBe(false);
      await reached(spawner, progress, 1);
      handle.abort();
      await handle;
    },
  ],
  [
    'gives the same outcome to whoever asks: twice, at once, and in Promise.all',
    async ({ spawn }) => {
      const handle = spawn('throwsBoom', newProgress());
      const first = handle.then((result) => result);
      const second = spawnHere(async () => await handle);
      const third = spawnHere(function* () {
        return yield* handle;
      });
      const results = await Promise.all([first, handle, handle]);
      results.push((await second).unwrap(), (await third).unwrap(), await handle);
      expect(new Set(results).size).toBe(1);
    },
  ],
  [
    'is joined by `join`, beside others',
    async ({ spawn }) => {
      const [first, second] = await join(
        spawn('returns42', newProgress()),
        spawn('throwsBoom', newProgress()),
      );
      expect(first).toMatchObject({ ok: true, value: 42 });
      expect(second).toMatchObject({ ok: false });
    },
  ],
  [
    'goes on when nobody awaits it, and raises no unhandled rejection',
    async (spawner) => {
      const stray: unknown[] = [];
      const note = (reason: unknown) => void stray.push(reason);
      process.on('unhandledRejection', note);
      try {
        const progress = newProgress();
        const handles = [
          spawner.spawn('throwsBoom', newProgress()),
          spawner.spawn('throwsUndefined', newProgress()),
          spawner.spawn('waits', progress),
        ];
        await reached(spawner, progress, 1);
        handles[2]?.abort();
        for (const handle of handles) await settled(spawner, handle);
        await spawner.pause();
        expect(stray).toEqual([]);
      } finally {
        process.off('unhandledRejection', note);
      }
    },
  ],
  [
    'goes on when it is detached, and can be awaited all the same',
    async (spawner) => {
      const progress = newProgress();
      const handle = spawner.spawn('waitsForGate', progress);
      handle.detach();
      await reached(spawner, progress, 1);
      expect(handle.isFinished()).toBe(false);
      Atomics.store(progress, GATE, 1);
      expect((await handle).unwrap()).toBe(42);
      handle.detach();
      expect((await handle).unwrap()).toBe(42);
    },
  ],
  [
    'is finished exactly when an await would not wait',
    async (spawner) => {
      const progress = newProgress();
      const handle = spawner.spawn('waitsForGate', progress);
      expect(handle.isFinished()).toBe(false);
      await reached(spawner, progress, 1);
      expect(handle.isFinished()).toBe(false);
      let heard = false;
      void handle.then(() => {
        heard = true;
        expect(handle.isFinished()).toBe(true);
      });
      Atomics.store(progress, GATE, 1);
      await handle;
      expect([handle.isFinished(), handle.abortHandle().isFinished(), heard]).toEqual([true, true, true]);
    },
  ],
];
