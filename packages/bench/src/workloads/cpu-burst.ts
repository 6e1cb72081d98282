import { availableParallelism } from 'node:os';
import { cpusBusy, perOperation, preemptions } from '../explain/reason.js';
import { expectAnswers } from '../work/expect-answer.js';
import { xorshift } from '../work/xorshift.js';
import { isUnable, type Workload } from './workload.js';

/** On a larger machine four parts still show whether there is a second CPU, and one CPU can do them all. */
const PARTS = Math.min(4, availableParallelism());

/** Computing: one part for each CPU. A thread's start is part of its time, unless it was booted before. */
export const workload: Workload = {
  name: 'cpu-burst',
  about: `compute ${PARTS} values, one in each of ${PARTS} units: time until all are there`,

  async prepare({ runAll, unit, getReady }, quick) {
    if (isUnable(runAll)) return runAll;
    const steps = (quick ? 100_000_000 : 200_000_000) / PARTS;
    const expected = Array.from({ length: PARTS }, (_, i) => xorshift(i + 1, steps));
    return {
      size: `${PARTS} ${unit}s`,
      operations: 1,
      async sample() {
        await getReady?.(PARTS);
        const startedAtMs = performance.now();
        const values = await runAll(PARTS, steps);
        const elapsedMs = performance.now() - startedAtMs;
        expectAnswers('value of part', values, expected);
        return elapsedMs * 1e6;
      },
    };
  },

  vocabulary: {
    best: 'was fastest',
    worse: ['took', 'times as long'],
    reasons: [cpusBusy, perOperation('cpuMs', 'ms of CPU time', 'run'), preemptions],
  },
};
