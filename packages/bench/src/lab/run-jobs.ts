import { type JoinHandle, join, thread } from '@heddle/runtime';
import type { AskedRun } from './asked-run.js';
import { newGate, openGate } from './bodies/gate.js';
import type { Program } from './program.js';
import type { Stage } from './stage.js';

/**
 * Starts the jobs of a program, lets them through the barrier together, and waits until all have ended.
 *
 * Throws what a job threw. `atBarrier` is called and awaited when all wait that can: a pool has fewer threads than
 * jobs, and those in its queue arrive when one is free.
 */
export async function runJobs(
  program: Program,
  { under, stepsPerMs }: AskedRun,
  stage: Stage,
  atBarrier: () => Promise<void>,
): Promise<void> {
  const gate = newGate();
  const { jobs, rivals } = program.start({
    under,
    gate,
    spawn: stage.spawn,
    spawnThread: (name) => thread.builder({ name }).spawn,
    steps: (ms) => Math.round(ms * stepsPerMs),
  });
  stage.full();
  await openGate(gate, stage.atOnce + (rivals?.threads.length ?? 0), atBarrier);
  try {
    await allOf(jobs);
  } finally {
    rivals?.stop();
    await allOf(rivals?.threads ?? []);
    await stage.clear();
  }
}

async function allOf(handles: readonly JoinHandle<unknown>[]): Promise<void> {
  for (const result of await join(...handles)) result.unwrap();
}
