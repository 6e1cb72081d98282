import { join, spawn, yieldNow } from '@heddle/runtime';
import { broadcast, Lagged } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { abortSome, exploreShapes, upTo } from './explored.js';

test('a broadcast gives each receiver every message in order, or says how many it missed', () => {
  exploreShapes(function* (shape) {
    const [tx, first] = broadcast<number>(shape.room);
    const receivers = [first, ...upTo(shape.tasks).map(() => tx.subscribe())].map((rx) =>
      spawn(function* () {
        let next = 0;
        for (;;) {
          try {
            const message = yield* rx.recv();
            if (message === undefined) return next;
            if (message !== next) throw new Error(`${message} came instead of ${next}`);
            next += 1;
          } catch (error) {
            if (!(error instanceof Lagged)) throw error;
            next += error.missed;
          }
        }
      }),
    );
    const total = shape.rounds * 3;
    const sender = spawn(function* () {
      for (const message of upTo(total)) {
        tx.send(message);
        if (message % 3 === 2) yield* yieldNow();
      }
      tx.close();
    });
    const [, ...seen] = yield* join(sender, ...receivers);
    for (const result of seen) expect(result.unwrap()).toBe(total);
  });
});

test('a receive of a broadcast that is aborted has received nothing: others that share its receiver have it all', () => {
  exploreShapes(function* (shape) {
    const total = shape.tasks * shape.rounds;
    const [tx, rx] = broadcast<number>(total);
    const received: number[] = [];
    const receive = () =>
      spawn(function* () {
        for (;;) {
          const message = yield* rx.recv();
          if (message === undefined) return;
          received.push(message);
        }
      });
    const receivers = upTo(3).map(receive);
    const sender = spawn(function* () {
      for (const message of upTo(total)) {
        tx.send(message);
        yield* yieldNow();
      }
      tx.close();
    });
    yield* join(abortSome(receivers, shape), sender);
    yield* join(receive(), ...receivers);
    expect([...received].sort((a, b) => a - b)).toEqual(upTo(total));
  });
});
