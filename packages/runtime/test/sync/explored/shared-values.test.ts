import { join, spawn, yieldNow } from '@heddle/runtime';
import { OnceCell, RwLock, watch } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { abortSome, exploreShapes, upTo } from './explored.js';

test('a read-write lock has many readers or one writer inside, and nobody wait for ever', () => {
  exploreShapes(function* (shape) {
    const lock = new RwLock(0);
    let readers = 0;
    let written = 0;
    function* read() {
      const guard = yield* lock.read();
      readers += 1;
      try {
        const before = guard.value;
        yield* yieldNow();
        if (guard.value !== before) throw new Error('written while it was read');
      } finally {
        readers -= 1;
        guard.release();
      }
    }
    function* write() {
      const guard = yield* lock.write();
      try {
        const before = guard.value;
        yield* yieldNow();
        if (readers > 0) throw new Error('read while it was written');
        guard.value = before + 1;
        written += 1;
      } finally {
        guard.release();
      }
    }
    const tasks = upTo(shape.tasks + shape.rounds).map((at) => spawn(at % 2 === 0 ? read : write));
    yield* join(abortSome(tasks, shape), ...tasks);
    expect(lock.tryWrite().unwrap().value).toBe(written);
  });
});

test('a cell is filled once, and by the next one when whoever was about to is aborted', () => {
  exploreShapes(function* (shape) {
    const cell = new OnceCell<number>();
    let filled = 0;
    function* fill() {
      if (filled > 0) throw new Error('begun after it was filled');
      yield* yieldNow();
      filled += 1;
      return 7;
    }
    const tasks = upTo(shape.tasks + 1).map(() =>
      spawn(function* () {
        return yield* cell.getOrInit(fill);
      }),
    );
    // The last one is never aborted.
    const ended = yield* join(...tasks, abortSome(tasks.slice(0, -1), shape));
    expect([ended[shape.tasks]?.unwrap(), cell.get(), filled]).toEqual([7, 7, 1]);
  });
});

test('a watcher sees the last value, whatever it misses on the way', () => {
  exploreShapes(function* (shape) {
    const [tx, rx] = watch(0);
    const watchers = upTo(shape.tasks).map(() => {
      const mine = rx.clone();
      return spawn(function* () {
        let seen = mine.borrowAndUpdate();
        while (seen < shape.rounds) {
          yield* mine.changed();
          const now = mine.borrowAndUpdate();
          if (now <= seen) throw new Error(`${now} came after ${seen}`);
          seen = now;
        }
      });
    });
    const sender = spawn(function* () {
      for (const round of upTo(shape.rounds)) {
        tx.send(round + 1);
        yield* yieldNow();
      }
    });
    yield* join(abortSome(watchers, shape), sender, ...watchers);
  });
});
