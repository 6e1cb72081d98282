import type { JoinHandle } from '@heddle/runtime';
import { Notify } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';
import { generators, history } from './history.js';

/** Who is notified, in a few lines that know nothing of tasks: an abort counts at the next turn, as it does for a task. */
class Model {
  readonly outcomes: ('waits' | 'notified' | 'cancelled')[] = [];
  remembered = false;
  #line: number[] = [];
  #called: { readonly who: number; readonly fromEnd: boolean }[] = [];
  /** Whom a notification of all has reached, and who has not run since. */
  readonly #reached = new Set<number>();
  readonly #aborted = new Set<number>();

  wait(): void {
    const who = this.outcomes.push('waits') - 1;
    if (this.remembered) this.outcomes[who] = 'notified';
    else this.#line.push(who);
    this.remembered = false;
  }

  notify(fromEnd: boolean): void {
    const who = fromEnd ? this.#line.pop() : this.#line.shift();
    if (who === undefined) this.remembered = true;
    else this.#called.push({ who, fromEnd });
  }

  notifyAll(): void {
    for (const who of this.#line) this.#reached.add(who);
    this.#line = [];
  }

  abort(who: number): void {
    const waits = this.#line.includes(who) || this.#called.some((called) => called.who === who);
    if (waits || this.#reached.has(who)) this.#aborted.add(who);
  }

  /** Lets every task run: who was called and aborted hands on. */
  turn(): void {
    this.#line = this.#line.filter((who) => !this.#aborted.has(who));
    for (let called = this.#called.shift(); called !== undefined; called = this.#called.shift()) {
      if (this.#aborted.has(called.who)) this.notify(called.fromEnd);
      else this.outcomes[called.who] = 'notified';
    }
    for (const who of this.#reached) this.outcomes[who] = 'notified';
    for (const who of this.#aborted) this.outcomes[who] = 'cancelled';
    this.#reached.clear();
    this.#aborted.clear();
  }
}

describe('under any history of waits, notifications, aborts and turns, a notify', () => {
  test('notifies those whom the model notifies, and loses no notification', async () => {
    await fc.assert(
      fc.asyncProperty(
        history('wait', 'one', 'one', 'last', 'all', 'abort', 'abort', 'turn'),
        generators,
        async (steps, asGenerators) => {
          const { host, spawn } = byHand();
          const notify = new Notify();
          const model = new Model();
          const tasks: JoinHandle<unknown>[] = [];
          const turn = async () => {
            await host.settle();
            model.turn();
            const outcomes = await Promise.all(tasks.map(outcomeOf));
            expect(outcomes.map((outcome) => WORDS[outcome])).toEqual(model.outcomes);
          };
          const wait = async () => {
            // It joins the line in its first poll, which is now.
            await turn();
            tasks.push(
              asGenerators
                ? spawn(function* () {
                    yield* notify.notified();
                  })
                : spawn(() => notify.notified()),
            );
            model.wait();
            await turn();
          };
          for (let n = 0; n < 5; n += 1) await wait();
          for (const { kind, who } of steps) {
            if (kind === 'wait') await wait();
            else if (kind === 'one') {
              notify.notifyOne();
              model.notify(false);
            } else if (kind === 'last') {
              notify.notifyLast();
              model.notify(true);
            } else if (kind === 'all') {
              notify.notifyWaiters();
              model.notifyAll();
            } else if (kind === 'abort') {
              // One of the last few: most of the others have ended.
              const at = tasks.length - 1 - (who % 5);
              tasks[at]?.abort();
              model.abort(at);
            } else await turn();
          }
          await turn();
          expect(step(notify.notified()).poll()).toBe(model.remembered ? undefined : PENDING);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const WORDS: Readonly<Record<string, string>> = {
  'not finished': 'waits',
  undefined: 'notified',
  cancelled: 'cancelled',
};
