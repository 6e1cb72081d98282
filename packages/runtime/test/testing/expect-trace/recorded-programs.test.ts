import { join, scope, sleep, task, thread, yieldNow } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { expectTrace, TraceAssertionError } from '@heddle/runtime/testing';
import { mark, pictureOf, type Recording, record } from '@heddle/runtime/trace';
import { afterEach, describe, expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

let recording: Recording | undefined;
afterEach(() => recording?.stop());

const named = (name: string) => task.builder({ name });

describe('on a runtime that is turned by hand, it is known exactly', () => {
  test('that a lock lets nobody in between', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(function* () {
      const turn = new Semaphore(1);
      const worker = function* () {
        const permit = yield* turn.acquire();
        yield* yieldNow();
        permit.release();
      };
      yield* join(...['a', 'b', 'c'].map((name) => named(name).spawn(worker)));
    });
    await host.settle();
    const seen = expectTrace(recording.stop());
    seen.tasks('a', 'b', 'c').overlap().settledWith('value');
    seen.order('poll:a', 'poll:b', 'poll:c', 'wake:b', 'settle:a', 'settle:b', 'settle:c');
    seen.threads().distinct(1);
  });

  test('who waited for whose timer', async () => {
    const { host, spawn } = byHand();
    recording = record();
    const sleeper = function* (ms: number) {
      yield* sleep(ms);
    };
    spawn(function* () {
      yield* join(named('late').spawn(sleeper, 20), named('soon').spawn(sleeper, 10));
    });
    await host.advance(30);
    const seen = expectTrace(recording.stop());
    seen.order('spawn:late', 'spawn:soon', 'poll:late', 'poll:soon', 'settle:soon', 'settle:late');
    seen.task('soon').settledBefore('late').polledTimes(2);
  });

  test('that a scope leaves nobody behind, and that a task without one does', async () => {
    const { host, spawn } = byHand();
    recording = record();
    const child = function* () {
      yield* yieldNow();
      yield* sleep(1_000);
    };
    spawn(function* () {
      yield* scope(function* (s) {
        s.spawn(child).abort();
      });
      mark('scoped');
      named('orphan').spawn(child);
      mark('dropped');
    });
    await host.settle();
    const run = recording.stop();
    expectTrace(run).noTaskAliveAfter('scoped');
    expect(() => expectTrace(run).noTaskAliveAfter('dropped')).toThrow(/but these are: task "orphan"/);
  });
});

describe('of threads', () => {
  test('two jobs ran on two, and a job is in the lane of its thread', async () => {
    recording = record();
    const sum = (n: number): number => {
      let total = 0;
      for (let i = 0; i < n; i += 1) total += i;
      return total;
    };
    const builder = thread.builder({ name: 'half' });
    await join(builder.spawn(sum, 1_000), builder.spawn(sum, 1_000));
    const run = recording.stop();
    const seen = expectTrace(run);
    seen.tasks('half').settledWith('value');
    seen.threads().ran('half').distinct(2);
    const { tasks, threads } = pictureOf(run);
    for (const { name, thread: place } of tasks.filter((lane) => lane.name === 'half')) {
      expect(threads.find((lane) => lane.thread === place)?.name).toBe(name);
    }
  });

  test('what was not asked of the kernel is not answered', () => {
    const run = record().stop();
    const unseen = (): unknown => expectTrace(run).thread('main').asleepAtLeast(0.5);
    expect(unseen).toThrow(TraceAssertionError);
    expect(unseen).toThrow(/which the recording does not say: /);
  });
});
