import { Barrier } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('a barrier', () => {
  test('lets tasks of both forms go on together', async () => {
    const { host, spawn } = byHand();
    const barrier = new Barrier(3);
    const generator = spawn(function* () {
      return (yield* barrier.wait()).isLeader();
    });
    const asynchronous = spawn(async () => (await barrier.wait()).isLeader());
    await host.settle();
    expect([generator.isFinished(), asynchronous.isFinished()]).toEqual([false, false]);
    const last = spawn(async () => (await barrier.wait()).isLeader());
    await host.settle();
    expect(await Promise.all([generator, asynchronous, last].map(outcomeOf))).toEqual([
      'false',
      'false',
      'true',
    ]);
  });

  test('waits for another in the place of a task that was aborted', () => {
    const barrier = new Barrier(2);
    const aborted = step(barrier.wait());
    expect(aborted.poll()).toBe(PENDING);
    aborted.drop();
    const [first, second] = [step(barrier.wait()), step(barrier.wait())];
    expect(first.poll()).toBe(PENDING);
    expect(second.pollReady().isLeader()).toBe(true);
    expect(first.pollReady().isLeader()).toBe(false);
  });

  test('is through with a task that is aborted after its round was full', () => {
    const barrier = new Barrier(2);
    const [first, second] = [step(barrier.wait()), step(barrier.wait())];
    expect(first.poll()).toBe(PENDING);
    second.pollReady();
    first.drop();
    expect(step(barrier.wait()).poll()).toBe(PENDING);
  });

  test('knows those of the next round from those who have not gone on yet', () => {
    const barrier = new Barrier(2);
    const slow = step(barrier.wait());
    expect(slow.poll()).toBe(PENDING);
    step(barrier.wait()).pollReady();
    const next = step(barrier.wait());
    expect(next.poll()).toBe(PENDING);
    expect(slow.pollReady().isLeader()).toBe(false);
    expect([next.poll(), next.what]).toEqual([PENDING, 'barrier.wait()']);
  });

  test('says what it got when it is given something else than it takes', () => {
    expect(() => new Barrier(-1)).toThrow(
      new RangeError('Barrier: parties must be a whole number from 0 to 2147483647, got -1'),
    );
  });
});
