import { countText } from '../explain/number-text.js';
import { perOperation } from '../explain/reason.js';
import type { Measured } from '../measure/cell.js';
import { expectAnswer } from '../work/expect-answer.js';
import { isUnable, type Workload } from './workload.js';

const OPERATION = 'round trip';

/**
 * Talking: a number goes to and fro, and the two units are set up before the clock starts.
 *
 * Between two threads the time depends on where the kernel puts them: on a virtual machine waking a thread on
 * another CPU can take ten times as long. So the looks at their CPUs are reported, and nothing more is claimed.
 */
export const workload: Workload = {
  name: 'ping-pong',
  about: 'two units send a number to and fro: time for one round trip',

  async prepare({ converse, scheduler, unit }) {
    if (isUnable(converse)) return converse;
    const trips = scheduler === 'kernel' ? 1_024 : 20_000;
    const { roundTrips } = await converse();
    return {
      size: `2 ${unit}s, ${countText(trips)} times`,
      operations: trips,
      async sample() {
        const startedAtMs = performance.now();
        const value = await roundTrips(trips);
        const elapsedMs = performance.now() - startedAtMs;
        expectAnswer('the number after its last turn', value, 2 * trips);
        return (elapsedMs * 1e6) / trips;
      },
    };
  },

  vocabulary: {
    best: 'was fastest',
    worse: ['took', 'times as long'],
    reasons: [
      perOperation('voluntary', 'voluntary context switches', OPERATION),
      perOperation('polls', 'polls', OPERATION),
      perOperation('messages', 'messages', OPERATION),
    ],
    remark(measured) {
      const placed = measured.flatMap((cell) => placement(cell) ?? []);
      return placed.length === 0 ? undefined : placed.join('; ');
    },
  },
};

function placement({ contender, counters }: Measured): string | undefined {
  const { sameCpu = 0, differentCpus = 0 } = counters;
  const looks = sameCpu + differentCpus;
  if (looks === 0) return undefined;
  return `the two threads of ${contender} were on different CPUs in ${differentCpus} of ${looks} looks`;
}
