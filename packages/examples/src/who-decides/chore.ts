import { thread, yieldNow } from '@heddle/runtime';
import { countSwitches, type Switches, switchesSince } from './switches.js';

/** Three steps of work, and where and when each was done. */
export interface ChoreReport {
  readonly name: string;
  readonly osThreadId: number | undefined;
  /** How often the kernel took the CPU from this thread meanwhile; undefined where it cannot be asked. */
  readonly switches: Switches | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly label: string;
  /** By a clock that all threads of the machine share. */
  readonly endedAtNs: bigint;
}

/** One body for both schedulers. As a task it takes turns with the others; on a thread it is alone. */
export function* chore(name: string) {
  const before = countSwitches();
  const steps: Step[] = [];
  for (const step of [1, 2, 3]) {
    compute();
    steps.push({ label: `${name}${step}`, endedAtNs: process.hrtime.bigint() });
    yield* yieldNow();
  }
  return { name, osThreadId: thread.osThreadId(), switches: switchesSince(before), steps };
}

/**
 * The same on a thread, behind a gate that opens when `count` threads stand before it: starting a thread takes
 * longer than the chore, and it is not the start that we want to see.
 */
export function choreBehindGate(name: string, gate: SharedArrayBuffer, count: number) {
  const arrived = new Int32Array(gate);
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (let seen = Atomics.load(arrived, 0); seen < count; seen = Atomics.load(arrived, 0)) {
    Atomics.wait(arrived, 0, seen);
  }
  return chore(name);
}

/** Some milliseconds of arithmetic, the same amount each time. */
function compute(): number {
  let sum = 0;
  for (let n = 0; n < 2_000_000; n += 1) sum = (sum + n * 7) % 1_000_003;
  return sum;
}
