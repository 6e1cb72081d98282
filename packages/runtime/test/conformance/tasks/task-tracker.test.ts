import { sleep, TaskTracker } from '@heddle/runtime';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand, outcomeOf } from '../../by-hand.js';

/** What tokio-util promises of its TaskTracker in its own tests, row by row. Over each test stands its source. */

// task_tracker.rs: open_close
test('tasktracker/1 close() and reopen() say whether they changed anything, and the rest is exact', () => {
  const tracker = new TaskTracker();
  const state = () => [tracker.isClosed(), tracker.isEmpty(), tracker.len()];
  expect(state()).toEqual([false, true, 0]);
  expect([tracker.close(), tracker.close(), ...state()]).toEqual([true, false, true, true, 0]);
  expect([tracker.reopen(), tracker.reopen(), ...state()]).toEqual([true, false, false, true, 0]);
  expect([tracker.close(), ...state()]).toEqual([true, true, true, 0]);
});

// task_tracker.rs: token_len
test('tasktracker/2 len() counts the tokens that were not released', () => {
  const tracker = new TaskTracker();
  const tokens = Array.from({ length: 10 }, (_, at) => {
    expect(tracker.len()).toBe(at);
    return tracker.token();
  });
  expect([tracker.isEmpty(), tracker.isClosed()]).toEqual([false, false]);
  tokens.forEach((token, at) => {
    expect(tracker.len()).toBe(10 - at);
    token[Symbol.dispose]();
  });
  expect([tracker.len(), tracker.isEmpty()]).toEqual([0, true]);
});

// task_tracker.rs: notify_immediately
test('tasktracker/3 wait() of a tracker that is closed and empty is ready at once', () => {
  const tracker = new TaskTracker();
  tracker.close();
  expect(step(tracker.wait()).poll()).toBe(undefined);
});

// task_tracker.rs: notify_on_close
test('tasktracker/3 wait() ends by the close when nothing was left before', () => {
  const tracker = new TaskTracker();
  const waiting = step(tracker.wait());
  expect([waiting.poll(), waiting.isWoken()]).toEqual([PENDING, false]);
  tracker.close();
  expect([waiting.isWoken(), waiting.poll()]).toEqual([true, undefined]);
});

// task_tracker.rs: notify_on_last_task
test('tasktracker/3 wait() ends with the last task when the tracker was closed before', () => {
  const tracker = new TaskTracker();
  tracker.close();
  const token = tracker.token();
  const waiting = step(tracker.wait());
  expect(waiting.poll()).toBe(PENDING);
  token.release();
  expect([waiting.isWoken(), waiting.poll()]).toEqual([true, undefined]);
});

// task_tracker.rs: notify_immediately_on_reopen
test('tasktracker/4 a wait that was made while all was over ends though the tracker is open again when it is polled', () => {
  const tracker = new TaskTracker();
  tracker.close();
  const waiting = step(tracker.wait());
  tracker.reopen();
  expect(waiting.poll()).toBe(undefined);
});

// task_tracker.rs: notify_on_close_reopen
test('tasktracker/4 a wait ends by a close that is taken back at once, polled before or not', () => {
  const tracker = new TaskTracker();
  const [polled, untouched] = [step(tracker.wait()), step(tracker.wait())];
  expect(polled.poll()).toBe(PENDING);
  tracker.close();
  tracker.reopen();
  expect([polled.poll(), untouched.poll(), step(tracker.wait()).poll()]).toEqual([
    undefined,
    undefined,
    PENDING,
  ]);
});

// task_tracker.rs: notify_on_last_task_respawn
test('tasktracker/4 a wait ends with the last task though another comes before it is polled', () => {
  const tracker = new TaskTracker();
  tracker.close();
  const token = tracker.token();
  const waiting = step(tracker.wait());
  expect(waiting.poll()).toBe(PENDING);
  token.release();
  tracker.token();
  expect([waiting.poll(), step(tracker.wait()).poll()]).toEqual([undefined, PENDING]);
});

// task_tracker.rs: no_notify_on_respawn_if_open
test('tasktracker/5 an open tracker that is empty for a moment ends nobody', () => {
  const tracker = new TaskTracker();
  const token = tracker.token();
  const waiting = step(tracker.wait());
  expect(waiting.poll()).toBe(PENDING);
  token.release();
  tracker.token();
  expect([waiting.isWoken(), waiting.poll()]).toEqual([false, PENDING]);
});

// task_tracker.rs: spawn_then_drop
test('tasktracker/6 a tracker that is forgotten aborts no task', async () => {
  const { host, spawn } = byHand();
  const tracked = () =>
    new TaskTracker().spawnOn(spawn, function* () {
      yield* sleep(10);
      return 'went on';
    });
  const handle = tracked();
  await host.advance(10);
  expect(await outcomeOf(handle)).toBe('went on');
});
