import { setPanicHook } from '@heddle/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnHeddle } from './heddle-run.js';
import { foretell } from './model.js';
import { countTasks, programs } from './program.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

const NOTHING = { timers: 0, alive: 0, queued: 0 };

describe('a random program of tasks that spawn, wait, join, abort and fail', () => {
  it('does, as generator tasks, exactly what the rules foretell, line by line', async () => {
    await fc.assert(
      fc.asyncProperty(programs('generator'), async (program) => {
        const { lines, ends } = foretell(program, 3);
        expect(await runOnHeddle(program)).toEqual({ lines, ends, left: NOTHING });
      }),
      { numRuns: 3000 },
    );
  });

  it('settles every task in either form, after one cleanup where it began, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(programs('generator', 'async'), async (program) => {
        const { lines, ends, left } = await runOnHeddle(program);
        expect(left).toEqual(NOTHING);
        expect(ends.size).toBeLessThanOrEqual(countTasks(program));
        for (const [name, end] of ends) {
          const began = lines.filter((line) => line === `${name} begins`).length;
          const cleaned = lines.filter((line) => line === `${name} cleans up`).length;
          expect([name, `panic ${name}`, 'cancelled']).toContain(end);
          expect(cleaned).toBe(began);
          if (began === 0) expect(end).toBe('cancelled');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('ends the same in both forms where nobody aborts', async () => {
    await fc.assert(
      fc.asyncProperty(programs('generator'), async (program) => {
        const peaceful = without(program, 'generator');
        const guests = await runOnHeddle(without(program, 'async'));
        const { ends } = await runOnHeddle(peaceful);
        expect([...guests.ends].sort()).toEqual([...ends].sort());
        expect(guests.lines.toSorted()).toEqual(foretell(peaceful, 3).lines.toSorted());
      }),
      { numRuns: 500 },
    );
  });
});

/** The program without its aborts, in one form. */
function without(program: Parameters<typeof foretell>[0], form: 'generator' | 'async'): typeof program {
  const steps = program.steps
    .filter(({ op }) => op !== 'abort')
    .map((step) => (step.op === 'spawn' ? { ...step, child: without(step.child, form) } : step));
  return { ...program, form, steps };
}
