import { join, spawn } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { abortSome, exploreShapes, upTo } from './explored.js';

test('a channel loses no message, doubles none and keeps the order of each sender, whoever is aborted', () => {
  exploreShapes(function* (shape) {
    const [tx, rx] = mpsc.channel<readonly [sender: number, round: number]>(shape.room);
    const sent: string[] = [];
    const received: (readonly [sender: number, round: number])[] = [];
    const senders = upTo(shape.tasks).map((sender) =>
      spawn(function* () {
        for (const round of upTo(shape.rounds)) {
          yield* tx.send([sender, round]);
          sent.push(`${sender} ${round}`);
        }
      }),
    );
    // Receivers that are aborted one after the other, and one that takes what they left.
    const receivers = upTo(3).map(() =>
      spawn(function* () {
        for (;;) {
          const message = yield* rx.recv();
          if (message === undefined) return;
          received.push(message);
        }
      }),
    );
    yield* join(
      abortSome([...senders, ...receivers], shape),
      ...receivers.map((receiver) => abortSome([receiver], shape)),
    );
    const drain = spawn(function* () {
      for (;;) {
        const message = yield* rx.recv();
        if (message === undefined) return;
        received.push(message);
      }
    });
    yield* join(...senders);
    tx.close();
    yield* join(drain, ...receivers);
    const labels = received.map((message) => message.join(' '));
    expect(new Set(labels).size).toBe(labels.length);
    // Who was aborted after its send had ended has sent all the same.
    expect(labels).toEqual(expect.arrayContaining(sent));
    for (const sender of upTo(shape.tasks)) {
      const rounds = received.filter(([from]) => from === sender).map(([, round]) => round);
      expect(rounds).toEqual(upTo(rounds.length));
    }
  });
});

test('a permit to send that its task was aborted with, or gave back, goes to the next sender', () => {
  exploreShapes(function* (shape) {
    const [tx, rx] = mpsc.channel<number>(shape.room);
    const senders = upTo(shape.tasks).map((sender) =>
      spawn(function* () {
        for (const round of upTo(shape.rounds)) {
          const permit = yield* tx.reserve();
          if ((sender + round) % 2 === 0) permit.send(sender);
          else permit.release();
        }
      }),
    );
    const drain = spawn(function* () {
      for (let received = 0; ; received += 1) if ((yield* rx.recv()) === undefined) return received;
    });
    yield* join(abortSome(senders, shape), ...senders);
    expect(tx.capacity()).toBeLessThanOrEqual(shape.room);
    tx.close();
    yield* drain;
    expect(tx.capacity()).toBe(shape.room);
  });
});
