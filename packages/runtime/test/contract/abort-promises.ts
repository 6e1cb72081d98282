import { spawn } from '@heddle/runtime';
import { expect } from 'vitest';
import type { ContractPromise } from './contract-promise.js';
import { GATE, newProgress, type ProgramName, type Progress, STEP } from './program.js';
import type { Spawner } from './spawner.js';
import { reached, settled } from './waiting.js';

/** What a handle promises about an abort in the turn of the spawn, where nothing of the body can have run yet. */
export const earlyAbortPromises: readonly ContractPromise[] = [
  [
    'aborted before its start, is cancelled and never begins',
    async (spawner) => {
      const progress = newProgress();
      const handle = spawner.spawn('waits', progress);
      handle.abort();
      const result = await handle;
      if (result.ok) throw new Error('it was not cancelled');
      const { error } = result;
      expect([error.kind, error.code]).toEqual(['cancelled', 'ERR_TASK_CANCELLED']);
      expect([error.isPanic(), error.isCancelled(), error.isCrash()]).toEqual([false, true, false]);
      expect(error.message).toBe(`task ${handle.id} was cancelled`);
      expect([error.id, error.isAbandoned()]).toEqual([handle.id, false]);
      expect(() => error.intoPanic()).toThrow('`JoinError` reason is not a panic.');
      await spawner.pause();
      expect(progress[STEP]).toBe(0);
    },
  ],
];

/** What a handle promises about aborts, whoever runs the task. */
export const abortPromises: readonly ContractPromise[] = [
  [
    'aborted while it waits, is cancelled after its cleanup',
    async (spawner) => {
      const { handle, progress } = await waiting(spawner, 'waits');
      handle.abort();
      expect((await handle).ok).toBe(false);
      expect(progress[STEP]).toBe(2);
    },
  ],
  [
    'is not finished before a cleanup that waits is over',
    async (spawner) => {
      const { handle, progress } = await waiting(spawner, 'waitsInCleanup');
      handle.abort();
      while (!handle.isFinished()) await spawner.pause();
      expect(progress[STEP]).toBe(2);
      expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    },
  ],
  [
    'is cancelled whatever its cleanup returns',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'returnsInCleanup');
      handle.abort();
      expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    },
  ],
  [
    'panics when its cleanup throws',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'throwsInCleanup');
      handle.abort();
      const result = await handle;
      expect(result).toMatchObject({ ok: false, error: { kind: 'panic' } });
      expect(result.ok ? '' : result.error.message).toBe(`task ${handle.id} panicked with message "cleanup"`);
    },
  ],
  [
    'counts only the first abort, whose reason is the cause',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'waitsInCleanup');
      const reason = { wanted: 'by the first' };
      handle.abort(reason);
      handle.abort({ wanted: 'by the second' });
      handle.abortHandle().abort();
      const result = await handle;
      handle.abort({ wanted: 'after the end' });
      expect(await handle).toBe(result);
      expect(result.ok ? undefined : result.error.cause).toBe(reason);
    },
  ],
  [
    'has no cause when no reason was given',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'waits');
      handle.abort();
      const result = await handle;
      expect(result.ok || 'cause' in result.error).toBe(false);
    },
  ],
  [
    'aborted after its end, keeps the outcome that it had',
    async (spawner) => {
      for (const program of ['returns42', 'throwsBoom'] as const) {
        const handle = spawner.spawn(program, newProgress());
        const before = await handle;
        handle.abort('too late');
        await spawner.pause();
        expect(await handle).toBe(before);
      }
    },
  ],
  [
    'is aborted by a handle that has no other right',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'waits');
      const right = handle.abortHandle();
      expect([right.id, right.isFinished()]).toEqual([handle.id, false]);
      right.abort('enough');
      expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'enough' } });
      expect(right.isFinished()).toBe(true);
    },
  ],
  [
    'is aborted when it is detached, too',
    async (spawner) => {
      const { handle, progress } = await waiting(spawner, 'waits');
      handle.detach();
      handle.abort();
      await settled(spawner, handle);
      expect(progress[STEP]).toBe(2);
    },
  ],
  [
    'throws the JoinError from `orThrow` and `unwrap` when it was cancelled',
    async (spawner) => {
      const { handle } = await waiting(spawner, 'waits');
      const unwrapping = expect(handle.unwrap().then()).rejects.toMatchObject({ kind: 'cancelled' });
      const throwing = expect(handle.orThrow().then()).rejects.toMatchObject({ kind: 'cancelled' });
      handle.abort();
      await Promise.all([unwrapping, throwing]);
    },
  ],
  [
    'is not aborted when the task that waits for it is',
    async (spawner) => {
      const { handle, progress } = await waiting(spawner, 'waitsForGate');
      const waiters = [
        spawn(async () => await handle),
        spawn(function* () {
          return yield* handle;
        }),
      ];
      await spawner.pause();
      for (const waiter of waiters) waiter.abort();
      for (const waiter of waiters) expect((await waiter).ok).toBe(false);
      Atomics.store(progress, GATE, 1);
      expect((await handle).unwrap()).toBe(42);
    },
  ],
];

/** The rest is about a body that runs between two lines of whoever aborts it, and so on this thread only. */
export const selfAbortPromises: readonly ContractPromise[] = [
  [
    'keeps its value when it aborts itself and then ends in the same poll',
    async (spawner) => {
      expect(await abortingItself(spawner, 'abortsItself')).toMatchObject({ ok: true, value: 42 });
    },
  ],
  [
    'is cancelled at its next operation when it aborts itself',
    async (spawner) => {
      const progress = newProgress();
      const result = await abortingItself(spawner, 'abortsItselfAndWaits', progress);
      expect(result).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'by itself' } });
      expect(progress[STEP]).toBe(1);
    },
  ],
];

async function waiting(spawner: Spawner, program: ProgramName) {
  const progress = newProgress();
  const handle = spawner.spawn(program, progress);
  await reached(spawner, progress, 1);
  // It has begun; this lets it come to its wait.
  await spawner.pause();
  return { handle, progress };
}

async function abortingItself(spawner: Spawner, program: ProgramName, progress: Progress = newProgress()) {
  const handle = spawner.spawn(program, progress);
  progress.abort = () => handle.abort('by itself');
  return await handle;
}
