import {
  type Policy,
  type Ready,
  type Suspension,
  sleep,
  spawn as spawnInside,
  yieldNow,
} from '@heddle/runtime';
import { mpsc, oneshot } from '@heddle/runtime/sync';
import { describe, expect, it } from 'vitest';
import { byHand } from '../by-hand.js';

/** A policy over an array, which takes from the front or from the back. */
function listPolicy(take: 'front' | 'back'): Policy {
  const ready: Ready[] = [];
  return {
    lifoSlot: false,
    get size() {
      return ready.length;
    },
    push: (task) => void ready.push(task),
    pop: () => (take === 'front' ? ready.shift() : ready.pop()),
    remove: (task) => ready.splice(ready.indexOf(task) >>> 0, 1).length === 1,
  };
}

/** Two tasks that wake each other for ever, beside others that yield: who is polled, in order. */
function pingPong(policy: 'fifo' | Policy, polls: number): string {
  const { host, spawn } = byHand({ policy });
  const line: string[] = [];
  const [toPing, ping] = mpsc.channel<number>(1);
  const [toPong, pong] = mpsc.channel<number>(1);
  spawn(function* () {
    for (;;) {
      line.push('i');
      yield* toPong.send(1);
      yield* ping.recv();
    }
  });
  spawn(function* () {
    for (;;) {
      yield* pong.recv();
      line.push('o');
      yield* toPing.send(1);
    }
  });
  for (const name of ['a', 'b']) {
    spawn(function* () {
      for (;;) {
        line.push(name);
        yield* yieldNow();
      }
    });
  }
  while (line.length < polls) host.turn();
  return line.slice(0, polls).join('');
}

describe('who is next', () => {
  it('is who was ready first, and a child comes after all who were ready before it', () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const body = (name: string, children: number) =>
      function* (): Generator<Suspension, void> {
        lines.push(name);
        for (let child = 1; child <= children; child += 1)
          spawnInside(body(`${name}.${child}`, children - 1));
        yield* yieldNow();
        lines.push(`${name} again`);
      };
    spawn(body('a', 2));
    spawn(body('b', 0));
    host.runUntilIdle();
    expect(lines).toEqual([
      'a',
      'b',
      'a.1',
      'a.2',
      'a again',
      'b again',
      'a.1.1',
      'a.1 again',
      'a.2.1',
      'a.2 again',
      'a.1.1 again',
      'a.2.1 again',
    ]);
  });

  it('is who was just woken, at most three times in a row', () => {
    // Behind one that the queue gave, three that were just woken; then those who wait in the queue.
    expect(pingPong('fifo', 24)).toBe(`i${'oioiab'.repeat(3)}oioia`);
  });

  it('is who was ready first, woken or not, under a policy that wants no slot', () => {
    expect(pingPong(listPolicy('front'), 12)).toBe('ioabiaboabia');
  });

  it('is whom the policy says: swapping it changes the order and nothing else', async () => {
    const orders = await Promise.all(
      (['front', 'back'] as const).map(async (take) => {
        const { host, spawn } = byHand({ policy: listPolicy(take) });
        const line: string[] = [];
        for (const name of ['a', 'b', 'c']) spawn(() => void line.push(name));
        await host.settle();
        return line.join('');
      }),
    );
    expect(orders).toEqual(['abc', 'cba']);
  });

  it('is nobody who was not woken: a waiting task is not polled, whatever others do', () => {
    const { host, runtime, spawn } = byHand();
    const [tx, rx] = oneshot<string>();
    spawn(function* () {
      yield* rx.recv();
    });
    spawn(function* () {
      for (let step = 0; step < 24; step += 1) yield* yieldNow();
      tx.send('now');
    });
    host.runUntilIdle();
    expect(runtime.metrics().pollCount).toBe(2 + 25);
  });

  it('is soon a task that only yields, beside a hundred pairs that wake each other', () => {
    const { host, spawn } = byHand();
    let hits = 0;
    const relay = (from: mpsc.Receiver<number>, to: mpsc.Sender<number>) =>
      spawn(function* () {
        for (;;) {
          yield* from.recv();
          hits += 1;
          yield* to.send(1);
        }
      });
    for (let pair = 0; pair < 100; pair += 1) {
      const [toPing, ping] = mpsc.channel<number>(1);
      const [toPong, pong] = mpsc.channel<number>(1);
      relay(ping, toPong);
      relay(pong, toPing);
      spawn(function* () {
        yield* toPing.send(1);
      });
    }
    host.turn();
    const fresh = spawn(function* () {
      for (let step = 0; step < 5; step += 1) yield* yieldNow();
    });
    const before = hits;
    while (!fresh.isFinished()) host.turn();
    // Each of the five rounds lets each of two hundred tasks run, and three for each through the slot.
    expect(hits - before).toBeLessThan(6 * 200 * 4);
  });

  it('is, of those whose timers are due at one moment, who slept first', async () => {
    const { host, spawn } = byHand();
    const line: string[] = [];
    for (const [name, ms] of [
      ['a', 5],
      ['b', 3],
      ['c', 5],
      ['d', 3],
    ] as const) {
      spawn(function* () {
        yield* sleep(ms);
        line.push(name);
      });
    }
    await host.advance(5);
    expect(line.join('')).toBe('bdac');
  });
});
