import { availableParallelism } from 'node:os';
import { median } from 'simple-statistics';
import { cpusBusy, preemptions } from '../explain/reason.js';
import { expectAnswers } from '../work/expect-answer.js';
import { xorshift } from '../work/xorshift.js';
import { isUnable, type Workload } from './workload.js';

const TICK_MS = 10;
/** As many as there are CPUs, so that the kernel has to take one away from a hog for the ticker to run. */
const HOGS = Math.min(4, availableParallelism());

/**
 * Fairness: a ticker beside units that compute and never give way.
 *
 * A scheduler in user space gets the processor back only when it is given back: every tick that falls due
 * meanwhile is late. The kernel takes it.
 */
export const workload: Workload = {
  name: 'hog',
  about: `a tick is due every ${TICK_MS} ms beside ${HOGS} units that never give way: how late the middle one comes`,

  async prepare({ tickBeside, unit }, quick) {
    if (isUnable(tickBeside)) return tickBeside;
    const steps = (quick ? 80_000_000 : 120_000_000) / HOGS;
    const expected = Array.from({ length: HOGS }, (_, i) => xorshift(i + 1, steps));
    return {
      size: `1 and ${HOGS} ${unit}s`,
      operations: 1,
      async sample() {
        const { latenessMs, values } = await tickBeside(HOGS, steps, TICK_MS);
        expectAnswers('value of hog', values, expected);
        if (latenessMs.length === 0) throw new Error('wrong answer: no tick came');
        return median([...latenessMs]) * 1e6;
      },
    };
  },

  vocabulary: {
    best: 'kept time best',
    worse: ['was', 'times as late'],
    reasons: [preemptions, cpusBusy],
  },
};
