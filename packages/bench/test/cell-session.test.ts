import { describe, expect, it } from 'vitest';
import type { Contender } from '../src/contender.js';
import { openSession } from '../src/measure/cell-session.js';
import { xorshift } from '../src/work/xorshift.js';
import { workloads } from '../src/workloads/list.js';

const honest: Contender = {
  scheduler: 'user space',
  unit: 'task',
  atOnce: 10,
  runAll: async (count, steps) => Array.from({ length: count }, (_, i) => xorshift(i + 1, steps)),
  giveWay: async (count, times) => count * times,
  converse: async () => ({ roundTrips: async (count) => 2 * count }),
  tickBeside: async (hogs, steps) => ({
    latenessMs: [1, 2, 3],
    values: Array.from({ length: hogs }, (_, i) => xorshift(i + 1, steps)),
  }),
};

const unable = { unable: 'it has no such thing' };
const refusing: Contender = {
  ...honest,
  runAll: unable,
  giveWay: unable,
  converse: unable,
  tickBeside: unable,
};

const lying: Contender = {
  ...honest,
  runAll: async (count) => Array.from({ length: count }, () => 42),
  giveWay: async (count, times) => count * times - 1,
  converse: async () => ({ roundTrips: async (count) => 2 * count + 1 }),
  tickBeside: async (hogs) => ({ latenessMs: [0], values: Array.from({ length: hogs }, () => 42) }),
};

describe.each(workloads)('$name', (workload) => {
  it('measures a contender that gives the right answer', async () => {
    const session = await openSession(workload, honest, true);
    expect(session.kind).toBe('ready');
    const sample = session.kind === 'ready' ? await session.take() : session;
    expect(sample).toMatchObject({ kind: 'sample', counters: { elapsedMs: expect.any(Number) } });
  });

  it('gives no number for a wrong answer', async () => {
    const session = await openSession(workload, lying, true);
    expect(session).toMatchObject({ kind: 'failed', error: expect.stringMatching(/^wrong answer: /) });
  });

  it('gives the reason of a contender that cannot', async () => {
    const session = await openSession(workload, refusing, true);
    expect(session).toEqual({ kind: 'not applicable', reason: 'it has no such thing' });
  });
});

describe('a cell', () => {
  const [spawnMany] = workloads;

  it('finds an answer that turns wrong later', async () => {
    let runs = 0;
    const turning: Contender = {
      ...honest,
      runAll: async (count) => {
        runs += 1;
        return Array.from({ length: count }, (_, i) => (runs > 1_000_000 ? 0 : i + 1));
      },
    };
    const session = await openSession(spawnMany!, turning, true);
    runs = 1_000_000;
    expect(session.kind === 'ready' && (await session.take())).toEqual({
      kind: 'failed',
      error: 'wrong answer: value of unit 0: expected 1, got 0',
    });
  });

  it('finds an answer that is missing', async () => {
    const short: Contender = { ...honest, runAll: async () => [1, 2] };
    expect(await openSession(spawnMany!, short, true)).toEqual({
      kind: 'failed',
      error: 'wrong answer: number of value of unit: expected 10, got 2',
    });
  });

  it('turns a throw into the failure of this cell', async () => {
    const throwing: Contender = {
      ...honest,
      runAll: async () => {
        throw new Error('boom');
      },
    };
    expect(await openSession(spawnMany!, throwing, true)).toEqual({ kind: 'failed', error: 'boom' });
  });

  it('counts what the contender counted during the sample alone', async () => {
    let polls = 1_000;
    const counting: Contender = {
      ...honest,
      counters: () => ({ polls }),
      runAll: async (count) => {
        polls += count;
        return Array.from({ length: count }, (_, i) => i + 1);
      },
    };
    const session = await openSession(spawnMany!, counting, true);
    const sample = session.kind === 'ready' ? await session.take() : session;
    expect(sample).toMatchObject({ kind: 'sample', counters: { polls: 10 } });
  });
});
