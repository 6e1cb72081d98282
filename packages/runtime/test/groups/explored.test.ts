import {
  CancellationToken,
  JoinSet,
  join,
  scope,
  sleep,
  spawn,
  TaskTracker,
  yieldNow,
} from '@heddle/runtime';
import { expect, test } from 'vitest';
import { exploreShapes, upTo } from '../sync/explored/explored.js';

test('a set gives each task once, whenever some are aborted', () => {
  exploreShapes(function* (shape) {
    const set = new JoinSet<number>();
    const aborts = upTo(shape.tasks).map((task) =>
      set.spawn(function* () {
        yield* sleep(task % 3);
        return task;
      }),
    );
    const aborter = spawn(function* () {
      for (const victim of shape.victims) {
        yield* yieldNow();
        aborts[victim % aborts.length]?.abort();
      }
    });
    const values: number[] = [];
    let cancelled = 0;
    for (let next = yield* set.joinNext(); next !== undefined; next = yield* set.joinNext()) {
      if (next.ok) values.push(next.value);
      else cancelled += 1;
    }
    yield* aborter;
    expect([values.length + cancelled, new Set(values).size]).toEqual([shape.tasks, values.length]);
  });
});

test('a scope ends with its last child, and a tracker and a token with theirs', () => {
  exploreShapes(function* (shape) {
    let alive = 0;
    const token = new CancellationToken();
    const tracker = new TaskTracker();
    function* child() {
      alive += 1;
      try {
        yield* sleep(1);
        yield* token.cancelled();
      } finally {
        yield* yieldNow();
        alive -= 1;
      }
    }
    const closer = spawn(function* () {
      yield* sleep(shape.room);
      token.cancel();
    });
    for (const _ of upTo(shape.rounds)) tracker.spawn(child);
    tracker.close();
    const scoped = spawn(function* () {
      yield* scope(function* (group) {
        for (const _ of upTo(shape.tasks)) group.spawn(child);
        yield* yieldNow();
      });
    });
    yield* join(scoped, tracker.wait(), closer);
    expect(alive).toBe(0);
  });
});
