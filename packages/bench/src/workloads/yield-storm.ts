import { countText } from '../explain/number-text.js';
import { perOperation } from '../explain/reason.js';
import { expectAnswer } from '../work/expect-answer.js';
import { isUnable, type Workload } from './workload.js';

const UNITS = 1_000;
const TIMES = 200;
const OPERATION = 'yield';

/** Giving way: the switch between two units, again and again. Their start is spread over 200 switches each. */
export const workload: Workload = {
  name: 'yield-storm',
  about: '1,000 units give way 200 times each: time for one switch',

  async prepare({ giveWay, unit }) {
    if (isUnable(giveWay)) return giveWay;
    return {
      size: `${countText(UNITS)} ${unit}s`,
      operations: UNITS * TIMES,
      async sample() {
        const startedAtMs = performance.now();
        const yields = await giveWay(UNITS, TIMES);
        const elapsedMs = performance.now() - startedAtMs;
        expectAnswer('yields', yields, UNITS * TIMES);
        return (elapsedMs * 1e6) / (UNITS * TIMES);
      },
    };
  },

  vocabulary: {
    best: 'was fastest',
    worse: ['took', 'times as long'],
    reasons: [
      { ...perOperation('polls', 'polls', OPERATION), same: 'the difference is the price of one poll' },
      perOperation('voluntary', 'voluntary context switches', OPERATION),
    ],
    remark(measured) {
      const [best] = measured;
      const { voluntary, involuntary } = best?.counters ?? {};
      if (best === undefined || voluntary === undefined || involuntary === undefined) return undefined;
      return `${countText(best.operations)} switches of ${best.contender} took ${countText(voluntary + involuntary)} context switches of the kernel`;
    },
  },
};
