import type { JoinHandle } from '@heddle/runtime';
import {
  Mutex,
  type MutexGuard,
  RwLock,
  type RwLockReadGuard,
  type RwLockWriteGuard,
} from '@heddle/runtime/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';
import { expectAPrefix, generators, history, pick, takeOne } from './history.js';

describe('under any history of locks, tries, releases, aborts and turns, a mutex', () => {
  test('lets one in at a time, and is free when nobody wants it any more', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('lock', 'tryLock', 'release', 'abort', 'turn'),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const mutex = new Mutex(0);
          const tasks: JoinHandle<unknown>[] = [];
          const held: MutexGuard<number>[] = [];
          let entries = 0;
          let most = 0;
          const enter = (guard: MutexGuard<number>) => {
            entries += 1;
            guard.value += 1;
            held.push(guard);
            most = Math.max(most, held.length);
          };
          for (const { kind, who } of steps) {
            if (kind === 'lock') {
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      enter(yield* mutex.lock());
                    })
                  : spawn(async () => enter(await mutex.lock())),
              );
            } else if (kind === 'tryLock') {
              const tried = mutex.tryLock();
              if (tried.ok) enter(tried.value);
            } else if (kind === 'release') held.pop()?.release();
            else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.settle();
          }
          for (const task of tasks) task.abort();
          await host.settle();
          held.pop()?.release();
          expect(most).toBeLessThanOrEqual(1);
          expect(mutex.tryLock().unwrap().value).toBe(entries);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('serves those who wait in the order in which they came', () => {
    fc.assert(
      fc.property(history('lock', 'abort', 'release'), (steps) => {
        const { host, spawn } = byHand();
        const mutex = new Mutex(0);
        const waiting: JoinHandle<unknown>[] = [];
        const held = [mutex.tryLock().unwrap()];
        for (const { kind, who } of steps) {
          if (kind === 'lock') {
            waiting.push(
              spawn(function* () {
                held.push(yield* mutex.lock());
              }),
            );
          } else if (kind === 'release') held.pop()?.release();
          else takeOne(waiting, who)?.abort();
          host.runUntilIdle();
          expectAPrefix(waiting);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('under any history of reads, writes, downgrades, releases, aborts and turns, an RwLock', () => {
  type Guard = RwLockReadGuard<number> | RwLockWriteGuard<number>;

  test('has readers, as many as may, or one writer, and is free when nobody wants it any more', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('read', 'write', 'tryRead', 'tryWrite', 'release', 'downgrade', 'abort', 'turn'),
        fc.integer({ min: 1, max: 3 }),
        generators,
        async (steps, maxReaders, asGenerators) => {
          const { host, spawn } = byHand();
          const lock = new RwLock(0, { maxReaders });
          const tasks: JoinHandle<unknown>[] = [];
          const held: Guard[] = [];
          const wrong: string[] = [];
          const enter = (guard: Guard) => {
            held.push(guard);
            const writers = held.filter((one) => 'downgrade' in one).length;
            const may = writers === 0 ? held.length <= maxReaders : held.length === 1;
            if (!may) wrong.push(`${writers} of ${held.length} write`);
          };
          for (const { kind, who } of steps) {
            if (kind === 'read' || kind === 'write') {
              tasks.push(
                asGenerators
                  ? spawn(function* () {
                      enter(yield* lock[kind]());
                    })
                  : spawn(async () => enter(await lock[kind]())),
              );
            } else if (kind === 'tryRead' || kind === 'tryWrite') {
              const tried = lock[kind]();
              if (tried.ok) enter(tried.value);
            } else if (kind === 'release') takeOne(held, who)?.release();
            else if (kind === 'downgrade') {
              const writer = held.find((one) => 'downgrade' in one);
              if (writer !== undefined) held.splice(0, 1, (writer as RwLockWriteGuard<number>).downgrade());
            } else if (kind === 'abort') pick(tasks, who)?.abort();
            else await host.settle();
          }
          for (const task of tasks) task.abort();
          await host.settle();
          for (const guard of held) guard.release();
          expect(wrong).toEqual([]);
          expect(lock.tryWrite().ok).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('serves those who wait in the order in which they came', () => {
    fc.assert(
      fc.property(history('read', 'write', 'abort', 'release', 'downgrade'), (steps) => {
        const { host, spawn } = byHand();
        const lock = new RwLock(0);
        const waiting: JoinHandle<unknown>[] = [];
        const held: Guard[] = [lock.tryWrite().unwrap()];
        for (const { kind, who } of steps) {
          if (kind === 'read' || kind === 'write') {
            waiting.push(
              spawn(function* () {
                held.push(yield* lock[kind]());
              }),
            );
          } else if (kind === 'release') takeOne(held, who)?.release();
          else if (kind === 'downgrade') {
            const [writer] = held;
            if (writer !== undefined && 'downgrade' in writer) held.splice(0, 1, writer.downgrade());
          } else takeOne(waiting, who)?.abort();
          host.runUntilIdle();
          expectAPrefix(waiting);
        }
      }),
      { numRuns: 300 },
    );
  });
});
