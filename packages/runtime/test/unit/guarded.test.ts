import { describe, expect, it } from 'vitest';
import { guarded } from '../../src/scheduler/guarded.js';
import type { Policy, Ready } from '../../src/scheduler/policy.js';

const task = (id: number): Ready => ({
  id,
  priority: 0,
  deadlineMs: Number.POSITIVE_INFINITY,
  tickets: 1,
  usedMs: 0,
  readySinceMs: 0,
});
const three = [1, 2, 3].map(task);

/** Pushes three tasks into a guarded policy, and pops until nothing comes: who came, and what was told. */
function popAll(policy: Partial<Policy>): { readonly ids: number[]; readonly told: string[] } {
  const told: string[] = [];
  const ready: Ready[] = [];
  const watched = guarded(
    {
      lifoSlot: false,
      size: 0,
      push: (task) => void ready.push(task),
      pop: () => ready.shift(),
      remove: (task) => ready.splice(ready.indexOf(task) >>> 0, 1).length === 1,
      ...policy,
    },
    (mistake) => told.push(mistake),
    () => true,
  );
  for (const each of three) watched.push(each);
  const ids: number[] = [];
  for (let next = watched.pop(); next !== undefined; next = watched.pop()) ids.push(next.id);
  expect(watched.size).toBe(0);
  return { ids, told };
}

describe('a guarded policy', () => {
  it('is what it is when it makes no mistake', () => {
    expect(popAll({})).toEqual({ ids: [1, 2, 3], told: [] });
  });

  it('gives what was lost, in the order in which it was pushed, and tells once', () => {
    const lost = { ids: [1, 2, 3], told: ['pop() gave nothing while tasks were ready'] };
    expect(popAll({ push: () => undefined })).toEqual(lost);
    expect(popAll({ pop: () => undefined })).toEqual(lost);
  });

  it('gives each task once, though the policy gives one for ever, or one that was never pushed', () => {
    const told = ['pop() gave a task that was not ready'];
    expect(popAll({ pop: () => three[1] })).toEqual({ ids: [2, 1, 3], told });
    expect(popAll({ pop: () => task(9) })).toEqual({ ids: [1, 2, 3], told });
  });

  it('passes on what the policy throws', () => {
    const throws = () => {
      throw new Error('broken');
    };
    expect(() => popAll({ push: throws })).toThrow('broken');
    expect(() => popAll({ pop: throws })).toThrow('broken');
  });

  it('forgets what is removed, whatever the policy says', () => {
    const watched = guarded(
      { lifoSlot: true, size: 0, push: () => undefined, pop: () => three[0], remove: () => false },
      () => undefined,
      () => true,
    );
    watched.push(three[0] as Ready);
    expect([watched.lifoSlot, watched.remove(three[0] as Ready), watched.remove(three[0] as Ready)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([watched.pop(), watched.size]).toEqual([undefined, 0]);
  });
});
