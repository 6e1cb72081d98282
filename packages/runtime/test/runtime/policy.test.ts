import { type Policy, type Ready, Runtime, sleep, task, yieldNow } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { describe, expect, it } from 'vitest';

/** A policy over a list, of which a test says where it takes from, and what it does wrong. */
function listPolicy(wrong: Partial<Policy> = {}, take: 'front' | 'back' = 'front'): Policy {
  const ready: Ready[] = [];
  return {
    lifoSlot: false,
    get size() {
      return ready.length;
    },
    push: (task) => void ready.push(task),
    pop: () => (take === 'front' ? ready.shift() : ready.pop()),
    remove: (task) => ready.splice(ready.indexOf(task) >>> 0, 1).length === 1,
    ...wrong,
  };
}

/** Runs three tasks that yield between two steps, and one that sleeps: what they did, in order. */
async function transcript(policy: Policy): Promise<string> {
  const host = new ManualHost();
  const runtime = new Runtime({ policy, host });
  const lines: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    runtime.spawn(function* () {
      lines.push(`${name}1`);
      yield* yieldNow();
      lines.push(`${name}2`);
    });
  }
  runtime.spawn(async () => {
    await sleep(1);
    lines.push('slept');
  });
  await host.advance(1);
  expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
  return lines.join(' ');
}

describe('a policy of one’s own', () => {
  it('decides who is next: last come, first served changes the transcript', async () => {
    expect(await transcript(listPolicy())).toBe('a1 b1 c1 a2 b2 c2 slept');
    expect(await transcript(listPolicy({}, 'back'))).toBe('c1 c2 b1 b2 a1 a2 slept');
  });

  it('sees each task that is ready, with what its builder was given', async () => {
    const host = new ManualHost();
    const seen: [number, number][] = [];
    const policy = listPolicy();
    const runtime = new Runtime({
      host,
      policy: {
        ...policy,
        push: (ready) => {
          seen.push([ready.priority, ready.deadlineMs]);
          policy.push(ready);
        },
      },
    });
    await host.advance(7);
    runtime.spawn(() => {
      task.builder({ priority: 3, deadlineMs: 5 }).spawn(() => undefined);
    });
    await host.settle();
    expect(seen).toEqual([
      [0, Number.POSITIVE_INFINITY],
      [3, 12],
    ]);
  });

  // What stderr then says is provoked with the other messages.
  it.each([
    ['loses every task', listPolicy({ push: () => undefined })],
    ['never gives one', listPolicy({ pop: () => undefined })],
    ['gives what is no task', listPolicy({ pop: () => 'next' as never })],
    ['lies about its size', { ...listPolicy(), size: Number.NaN }],
  ])('that %s makes nobody wait', async (_, policy) => {
    expect(await transcript(policy)).toBe('a1 b1 c1 a2 b2 c2 slept');
  });
});
