import { xorshift } from '../work/xorshift.js';

/**
 * How many steps of work take a millisecond with a CPU to itself, once V8 has compiled them.
 *
 * Counted in CPU time, so that a busy machine makes no smaller jobs. Done once for all runs: they must have the same
 * work to be compared. A size in milliseconds would not do: who has no CPU would have less to do.
 */
export function stepsPerMs(): number {
  for (let run = 0; run < 20; run += 1) xorshift(run + 1, 50_000);
  const before = process.cpuUsage();
  xorshift(1, STEPS);
  const { user, system } = process.cpuUsage(before);
  return STEPS / ((user + system) / 1_000);
}

const STEPS = 20_000_000;
