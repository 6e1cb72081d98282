import { setPanicHook, spawn as spawnHere } from '@heddle/runtime';
import { expect } from 'vitest';
import type { ContractPromise } from './contract-promise.js';
import { newProgress } from './program.js';

/** What a handle promises about itself: its id and name, its other methods, and what it is when it is returned. */
export const handlePromises: readonly ContractPromise[] = [
  [
    'joins a handle that the body returns',
    async ({ spawn }) => {
      const inner = (await spawn('returnsHandle', newProgress())).unwrap();
      expect(inner).toMatchObject({ ok: true, value: 42 });
      expect((inner as { unwrap(): unknown }).unwrap()).toBe(42);
    },
  ],
  [
    'joins any thenable that the body returns',
    async ({ spawn }) => {
      expect((await spawn('returnsThenable', newProgress())).unwrap()).toBe(42);
    },
  ],
  [
    'is joined when a function returns it',
    async ({ spawn }) => {
      const result = await (async () => spawn('returns42', newProgress()))();
      expect(result.unwrap()).toBe(42);
      const outer = spawnHere(() => spawn('returns42', newProgress()));
      expect((await outer).unwrap().unwrap()).toBe(42);
    },
  ],
  [
    'unwraps to the value, or throws the JoinError',
    async ({ spawn }) => {
      expect(await spawn('returns42', newProgress()).unwrap()).toBe(42);
      const handle = spawn('throwsBoom', newProgress());
      const result = await handle;
      await expect(handle.unwrap().then()).rejects.toBe(result.ok ? undefined : result.error);
    },
  ],
  [
    'gives the value or throws on what the body threw, which is not reported again',
    async ({ spawn }) => {
      expect(await spawn('returns42', newProgress()).orThrow()).toBe(42);
      const reported: number[] = [];
      setPanicHook(({ id }) => reported.push(id));
      const handle = spawn('throwsBoom', newProgress());
      const outer = spawnHere(async () => await handle.orThrow());
      const result = await outer;
      if (result.ok) throw new Error('it did not panic');
      expect(result.error.intoPanic()).toMatchObject({ message: 'boom' });
      expect(reported).toEqual([handle.id]);
    },
  ],
  [
    'has an id of its own, above zero, and a name where it was given one',
    async ({ spawn, spawnNamed }) => {
      const handles = [
        spawn('returns42', newProgress()),
        spawn('returns42', newProgress()),
        spawnNamed('crawler', 'throwsBoom', newProgress()),
      ] as const;
      const ids = handles.map(({ id }) => id);
      expect(new Set(ids).size).toBe(3);
      expect(Math.min(...ids)).toBeGreaterThan(0);
      expect(handles.map(({ name }) => name)).toEqual([undefined, undefined, 'crawler']);
      expect(handles.map((handle) => handle.abortHandle().id)).toEqual(ids);
      expect(handles[2].abortHandle().name).toBe('crawler');
      await Promise.all(handles);
      const result = await handles[2];
      expect(result).toMatchObject({ ok: false, error: { taskName: 'crawler' } });
      expect(result.ok ? '' : result.error.message).toBe(
        `task ${handles[2].id} panicked with message "boom"`,
      );
    },
  ],
  [
    'tells the panic hook of each panic once, with the error that the handle gives',
    async ({ spawnNamed }) => {
      const heard: unknown[] = [];
      setPanicHook(({ id, name, error, payload }) => heard.push([id, name, error, payload]));
      const handle = spawnNamed('crawler', 'throwsBoom', newProgress());
      const result = await handle;
      if (result.ok) throw new Error('it did not panic');
      expect(heard).toEqual([[handle.id, 'crawler', result.error, result.error.intoPanic()]]);
    },
  ],
];
