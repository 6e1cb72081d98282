import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { markReported, resumeUnwind, wasReported } from '../../src/task/resume-unwind.js';

describe('resumeUnwind', () => {
  it('throws the very payload', () => {
    for (const payload of [new Error('boom'), { code: 7 }, 'boom', undefined, null, Symbol('boom')]) {
      let caught: unknown = 'nothing';
      try {
        resumeUnwind(payload);
      } catch (thrown) {
        caught = thrown;
      }
      expect(caught).toBe(payload);
      expect(wasReported(payload)).toBe(true);
    }
  });

  it('is good for one report: a payload thrown again by somebody else is news', () => {
    const shared = new Error('connection lost');
    expect(wasReported(shared)).toBe(false);
    expect(() => resumeUnwind(shared)).toThrow(shared);
    expect(wasReported(shared)).toBe(true);
    expect(wasReported(shared)).toBe(false);
  });

  it('counts, because two tasks may resume one payload before either has ended', () => {
    const shared = new Error('connection lost');
    markReported(shared);
    markReported(shared);
    expect([wasReported(shared), wasReported(shared), wasReported(shared)]).toEqual([true, true, false]);
    markReported('boom');
    markReported('boom');
    expect([wasReported('boom'), wasReported('boom'), wasReported('boom')]).toEqual([true, true, false]);
  });

  it('remembers an object until its report, however late', async () => {
    const payload = new Error('boom');
    markReported(payload);
    await nextTurn();
    await nextTurn();
    expect(wasReported(payload)).toBe(true);
  });

  it('forgets a primitive in a turn, so that no other panic with an equal one goes unreported', async () => {
    markReported('boom');
    await nextTurn();
    await nextTurn();
    expect(wasReported('boom')).toBe(false);
  });
});
