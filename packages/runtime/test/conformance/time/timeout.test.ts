import { Runtime, sleep, timeout } from '@heddle/runtime';
import { oneshot, Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { advance, Instant, interval, pause, resume, timeoutAt } from '@heddle/runtime/time';
import { expect, test } from 'vitest';
import { outcomeOf } from '../../by-hand.js';
import { TurnHost } from '../../turn/turn-host.js';
import { deviates } from '../deviates.js';
import { onPausedClock } from './on-paused-clock.js';

/** What tokio promises of its time-outs, row by row. Over each test stands its source. */

// time_timeout.rs: simultaneous_deadline_future_completion, completed_future_past_deadline
test('timeout/1 a value that is there at the first poll wins, also when the deadline has passed', async () => {
  const ends = await onPausedClock(function* () {
    const start = Instant.now();
    yield* advance(1000);
    return [step(timeout(0, () => 1)).poll(), step(timeoutAt(start, () => 2)).poll()];
  });
  expect(ends).toMatchObject([
    { ok: true, value: 1 },
    { ok: true, value: 2 },
  ]);
});

// time_timeout.rs: future_and_deadline_in_future, future_and_timeout_in_future
test('timeout/2 a value that comes before the deadline wakes it, and is given', async () => {
  const ends = await onPausedClock(function* () {
    const [sender, receiver] = oneshot<string>();
    const limited = step(timeout(100, receiver.recv()));
    const polls = [limited.poll() === PENDING];
    yield* advance(90);
    polls.push(limited.poll() === PENDING, limited.isWoken());
    sender.send('in time');
    return [...polls, limited.isWoken(), limited.pollReady()];
  });
  expect(ends).toMatchObject([true, true, false, true, { ok: true, value: 'in time' }]);
});

// time_timeout.rs: deadline_now_elapses, deadline_future_elapses
test.each([0, 300])(
  'timeout/3 where nothing comes for %s ms the timer wakes it, and it gives an error',
  async (ms) => {
    const ends = await onPausedClock(function* () {
      const limited = step(timeout(ms, oneshot<string>()[1].recv()));
      const first = limited.poll() === PENDING;
      yield* advance(ms);
      return [first, limited.isWoken(), limited.pollReady()];
    });
    expect(ends).toMatchObject([true, true, { ok: false, error: { message: 'deadline has elapsed' } }]);
  },
);

// time_timeout.rs: timeout_is_not_exhausted_by_future
test('timeout/4 a branch that never waits and stops at its budget alone does not outlive the deadline', async () => {
  const host = new TurnHost();
  const { spawn } = new Runtime({ host });
  const permits = new Semaphore(1);
  const endless = function* () {
    for (;;) (yield* permits.acquire()).release();
  };
  const handle = spawn(function* () {
    return (yield* timeout(1, endless())).ok;
  });
  for (let turn = 0; turn < 10; turn += 1) host.turn();
  expect(handle.isFinished()).toBe(false);
  host.nowMs = 1;
  host.fire();
  host.turn();
  expect(await outcomeOf(handle)).toBe('false');
});

// time_panic.rs: pause_panic_caller, resume_panic_caller, interval_panic_caller, interval_at_panic_caller, timeout_panic_caller, timeout_at_panic_caller
test('timeout/5 wrong uses of time throw at the call, and the stack says where that is', async ({ task }) => {
  deviates(task, 'errorsHaveStacks');
  const calls: (() => unknown)[] = [
    () => {
      pause();
      try {
        pause();
      } finally {
        resume();
      }
    },
    resume,
    () => interval(0),
    () => timeout(-1, sleep(1)),
  ];
  for (const call of calls) {
    const thrown = await caught(call);
    expect(thrown.stack).toContain('timeout.test.ts');
  }
});

async function caught(call: () => unknown): Promise<Error> {
  try {
    call();
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error('it did not throw');
}
