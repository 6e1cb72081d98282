import { countText } from '../explain/number-text.js';
import { perOperation } from '../explain/reason.js';
import { expectAnswers } from '../work/expect-answer.js';
import { isUnable, type Workload } from './workload.js';

const AT_MOST = 10_000;
const OPERATION = 'unit';

/** Starting things. Threads are started by the dozen, not by the thousand; the figure is for one of them. */
export const workload: Workload = {
  name: 'spawn-many',
  about: 'start units that do nothing, all at once, and wait for all: time for each',

  async prepare({ runAll, atOnce, unit, getReady }) {
    if (isUnable(runAll)) return runAll;
    const count = Math.min(AT_MOST, atOnce);
    const expected = Array.from({ length: count }, (_, i) => i + 1);
    return {
      size: `${countText(count)} ${unit}s`,
      operations: count,
      async sample() {
        await getReady?.(count);
        const startedAtMs = performance.now();
        const values = await runAll(count, 0);
        const elapsedMs = performance.now() - startedAtMs;
        expectAnswers('value of unit', values, expected);
        return (elapsedMs * 1e6) / count;
      },
    };
  },

  vocabulary: {
    best: 'was fastest',
    worse: ['took', 'times as long'],
    reasons: [
      perOperation('voluntary', 'voluntary context switches', OPERATION),
      perOperation('messages', 'messages', OPERATION),
      perOperation('polls', 'polls', OPERATION),
    ],
  },
};
