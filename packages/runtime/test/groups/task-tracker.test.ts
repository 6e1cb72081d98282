import { sleep, TaskTracker } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('a TaskTracker', () => {
  it('counts a task until it has settled, cleanup and all, however it ends', async () => {
    const { host, spawn } = byHand();
    const tracker = new TaskTracker();
    const aborted = tracker.spawnOn(spawn, function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(5);
      }
    });
    tracker.spawnOn(spawn, () => Promise.reject('boom'));
    const given = spawn(() => 1);
    expect([tracker.trackTask(given) === given, tracker.len()]).toEqual([true, 3]);
    await host.settle();
    expect(tracker.len()).toBe(1);
    aborted.abort();
    await host.settle();
    expect(tracker.len()).toBe(1);
    await host.advance(5);
    expect([tracker.len(), tracker.isEmpty(), tracker.isClosed()]).toEqual([0, true, false]);
  });

  it('does not count a task that had ended before it was tracked', async () => {
    const { host, spawn } = byHand();
    const tracker = new TaskTracker();
    const handle = spawn(() => 1);
    await host.settle();
    tracker.trackTask(handle);
    expect(tracker.len()).toBe(0);
  });

  it('forgets who stops waiting', async () => {
    const { host, spawn } = byHand();
    const tracker = new TaskTracker();
    const token = tracker.token();
    const handle = spawn(function* () {
      yield* tracker.wait();
    });
    await host.settle();
    handle.abort();
    await host.settle();
    tracker.close();
    token.release();
    expect([handle.isFinished(), host.turn()]).toEqual([true, false]);
  });

  it('lets a token go once', () => {
    const tracker = new TaskTracker();
    const [one, two] = [tracker.token(), tracker.token()];
    one.release();
    one.release();
    expect(tracker.len()).toBe(1);
    two[Symbol.dispose]();
    expect(tracker.len()).toBe(0);
  });

  it('says of an open tracker, in the report of a hang, that nobody has closed it', async () => {
    const tracker = new TaskTracker();
    expect(String(tracker.wait())).toBe(
      '[object wait() of a TaskTracker with 0 left, which nobody has closed]',
    );
  });
});
