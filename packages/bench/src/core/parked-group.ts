import { Runtime, type Suspension, sleep } from '@heddle/runtime';
import type { CoreRow } from './core-row.js';
import { expectAnswer } from './probe.js';

const PARKED = 100_000;
const AT_MOST_BYTES = 400;
/** Long enough to spawn, to collect garbage twice and to look. */
const PARKED_MS = 2_000;

const runtime = new Runtime();

/**
 * How many bytes of heap a task holds while it waits: 100,000 generator tasks, their handles dropped.
 *
 * Needs `--expose-gc`, and a process to itself. What a task waits on counts where each has one of its own (a
 * timer), and not where all share it.
 */
export async function measureParked(rounds: number): Promise<CoreRow[]> {
  const joining: number[] = [];
  const sleeping: number[] = [];
  // The first use of every class and queue costs bytes once.
  await measureJoining();
  for (let round = 0; round < rounds; round += 1) {
    joining.push(await measureJoining());
    sleeping.push(await measureSleeping());
  }
  const row = (what: string, samples: readonly number[]): CoreRow => ({
    group: 'a parked generator task',
    what,
    unit: 'bytes',
    samples,
    target: { kind: 'bytes', atMost: AT_MOST_BYTES },
  });
  return [row('waiting for another task', joining), row('in a sleep', sleeping)];
}

async function measureJoining(): Promise<number> {
  const gate = runtime.spawn(function* () {
    yield* sleep(PARKED_MS);
    return 1;
  });
  return bytesOfEach(function* (end: (value: number) => void) {
    end((yield* gate).unwrap());
  });
}

async function measureSleeping(): Promise<number> {
  return bytesOfEach(function* (end: (value: number) => void) {
    yield* sleep(PARKED_MS);
    end(1);
  });
}

/** Parks 100,000 tasks that run `body`, weighs them, and lets them end. */
async function bytesOfEach(
  body: (end: (value: number) => void) => Generator<Suspension, void, unknown>,
): Promise<number> {
  let ended = 0;
  const end = (value: number): void => {
    ended += value;
  };
  const before = heapInUse();
  for (let i = 0; i < PARKED; i += 1) runtime.spawn(body, end);
  while (runtime.metrics().queueDepth > 0) await new Promise((done) => setImmediate(done));
  const bytes = (heapInUse() - before) / PARKED;
  expectAnswer('tasks that ended while they were weighed', ended, 0);
  while (runtime.metrics().numAliveTasks > 0) await sleep(10);
  expectAnswer('tasks that went on', ended, PARKED);
  return bytes;
}

function heapInUse(): number {
  if (globalThis.gc === undefined) throw new Error('bytes are counted under --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
