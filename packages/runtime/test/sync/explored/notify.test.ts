import { join, spawn, yieldNow } from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { abortSome, exploreShapes, upTo } from './explored.js';

test('a notification reaches somebody who waits, although the one it was for is aborted', () => {
  exploreShapes(function* (shape) {
    const needed = shape.tasks * shape.rounds;
    const items: number[] = [];
    const filled = new Notify();
    let taken = 0;
    const takers = upTo(shape.room + 1).map(() =>
      spawn(function* () {
        for (;;) {
          using inLine = filled.notified();
          inLine.enable();
          if (taken === needed) return;
          if (items.shift() === undefined) yield* inLine;
          else {
            taken += 1;
            if (taken === needed) filled.notifyWaiters();
          }
        }
      }),
    );
    const putters = upTo(shape.tasks).map(() =>
      spawn(function* () {
        for (const item of upTo(shape.rounds)) {
          items.push(item);
          filled.notifyOne();
          yield* yieldNow();
        }
      }),
    );
    // The last one is never aborted: if it waits beside an item, that is a deadlock.
    yield* join(abortSome(takers.slice(0, -1), shape), ...takers, ...putters);
    expect([taken, items]).toEqual([needed, []]);
  });
});

test('notifyWaiters reaches everybody who had called notified() before, held up or not', () => {
  exploreShapes(function* (shape) {
    let isOpen = false;
    const opened = new Notify();
    const waiters = upTo(shape.tasks).map(() =>
      spawn(function* () {
        if (!isOpen) yield* opened.notified();
      }),
    );
    const opener = spawn(function* () {
      isOpen = true;
      opened.notifyWaiters();
    });
    yield* join(abortSome(waiters, shape), ...waiters, opener);
  });
});
