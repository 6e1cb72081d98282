import { join, spawn, yieldNow } from '@heddle/runtime';
import { Mutex, Semaphore } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { abortSome, exploreShapes, upTo } from './explored.js';

test('a semaphore loses no permit and makes none, whoever is aborted', () => {
  exploreShapes(function* (shape) {
    const semaphore = new Semaphore(shape.room);
    let inside = 0;
    const tasks = upTo(shape.tasks).map((task) =>
      spawn(function* () {
        for (const round of upTo(shape.rounds)) {
          const count = 1 + ((task + round) % shape.room);
          const permit = yield* semaphore.acquireMany(count);
          inside += count;
          try {
            if (inside > shape.room) throw new Error(`${inside} of ${shape.room} inside`);
            yield* yieldNow();
          } finally {
            inside -= count;
            permit.release();
          }
        }
      }),
    );
    yield* join(abortSome(tasks, shape), ...tasks);
    expect([inside, semaphore.availablePermits()]).toEqual([0, shape.room]);
  });
});

test('a mutex lets one in at a time and nobody wait for ever, whoever is aborted', () => {
  exploreShapes(function* (shape) {
    const mutex = new Mutex(0);
    let added = 0;
    const tasks = upTo(shape.tasks).map(() =>
      spawn(function* () {
        for (const _ of upTo(shape.rounds)) {
          const guard = yield* mutex.lock();
          try {
            const before = guard.value;
            yield* yieldNow();
            guard.value = before + 1;
            added += 1;
          } finally {
            guard.release();
          }
        }
      }),
    );
    yield* join(abortSome(tasks, shape), ...tasks);
    expect(mutex.tryLock().unwrap().value).toBe(added);
  });
});
