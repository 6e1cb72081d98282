import { Runtime, type Suspension, sleep, spawn } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import { expectAnswer } from '../work/expect-answer.js';
import type { CoreRow } from './core-row.js';

const PARKED = 100_000;
const AT_MOST_BYTES = 400;
const AN_HOUR_MS = 3_600_000;

/**
 * How many bytes of heap a task holds while it waits: 100,000 generator tasks, their handles dropped.
 *
 * Needs `--expose-gc`, and a process to itself, which ends before the sleepers do. What a task waits on counts
 * where each has one of its own (a timer), and not where all share it.
 */
export async function measureParked(rounds: number): Promise<CoreRow[]> {
  // The first use of every class and queue costs bytes once.
  await weighJoining();
  const joining: number[] = [];
  for (let round = 0; round < rounds; round += 1) joining.push(await weighJoining());
  const row = (what: string, samples: readonly number[]): CoreRow => ({
    group: 'a parked generator task',
    what,
    unit: 'bytes',
    samples,
    target: { kind: 'bytes', atMost: AT_MOST_BYTES },
  });
  const receiving = await weighReceiving();
  return [
    row('waiting for another task', joining),
    row('receiving from a oneshot', [receiving]),
    row('in a sleep', [await weighSleeping()]),
  ];
}

async function weighJoining(): Promise<number> {
  let open = false;
  let ended = 0;
  const gate = spawn(function* () {
    while (!open) yield* sleep(1);
    return 1;
  });
  const bytes = await bytesOfEach(function* () {
    const one = (yield* gate).unwrap();
    ended += one;
  });
  expectAnswer('tasks that ended while they were weighed', ended, 0);
  open = true;
  while (Runtime.current().metrics().numAliveTasks > 0) await sleep(1);
  expectAnswer('tasks that went on', ended, PARKED);
  return bytes;
}

// The channels are there before, and their bytes are not the task's.
async function weighReceiving(): Promise<number> {
  let ended = 0;
  const channels = Array.from({ length: PARKED }, () => oneshot<number>());
  const bytes = await bytesOfEach(function* (index: number) {
    const one = yield* channels[index]![1].recv();
    ended += one;
  });
  expectAnswer('tasks that ended while they were weighed', ended, 0);
  for (const [sender] of channels) sender.send(1);
  while (Runtime.current().metrics().numAliveTasks > 0) await sleep(1);
  expectAnswer('tasks that received', ended, PARKED);
  return bytes;
}

async function weighSleeping(): Promise<number> {
  let ended = 0;
  const bytes = await bytesOfEach(function* () {
    yield* sleep(AN_HOUR_MS);
    ended += 1;
  });
  expectAnswer('tasks that ended while they were weighed', ended, 0);
  expectAnswer('tasks that sleep', Runtime.current().metrics().numAliveTasks, PARKED);
  return bytes;
}

async function bytesOfEach(body: (index: number) => Generator<Suspension, void, unknown>): Promise<number> {
  const before = heapInUse();
  for (let i = 0; i < PARKED; i += 1) spawn(body, i);
  while (Runtime.current().metrics().queueDepth > 0) await new Promise((done) => setImmediate(done));
  return (heapInUse() - before) / PARKED;
}

function heapInUse(): number {
  if (globalThis.gc === undefined) throw new Error('bytes are counted under --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
