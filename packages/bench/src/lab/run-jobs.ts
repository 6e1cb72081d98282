import { availableParallelism } from 'node:os';
import { type JoinHandle, join, Runtime, type Spawn, task, thread } from '@heddle/runtime';
import type { AskedRun } from './asked-run.js';
import { newGate, openGate } from './bodies/gate.js';
import type { Program, Under } from './program.js';

/**
 * Starts the jobs of a program, lets them through the barrier together, and waits until all have ended.
 *
 * Throws what a job threw. `atBarrier` is called when all wait that can: a pool has fewer threads than jobs, and
 * those in its queue arrive when one is free.
 */
export async function runJobs(
  program: Program,
  { under, stepsPerMs }: AskedRun,
  atBarrier: () => void,
): Promise<void> {
  const gate = newGate();
  const maxThreads = Math.max(availableParallelism(), program.together ?? 1);
  const pool = new Runtime({ blocking: { maxThreads } });
  const spawners: Readonly<Record<Under, (name: string) => Spawn>> = {
    tasks: (name) => task.builder({ name }).spawn,
    threads: (name) => thread.builder({ name }).spawn,
    pool: (name) => pool.blocking.builder({ name }).spawn,
  };
  const { jobs, rivals } = program.start({
    under,
    gate,
    spawn: spawners[under],
    spawnThread: spawners.threads,
    steps: (ms) => Math.round(ms * stepsPerMs),
  });
  const arrivals = under === 'pool' ? Math.min(jobs.length, maxThreads) : jobs.length;
  await openGate(gate, arrivals + (rivals?.threads.length ?? 0), atBarrier);
  try {
    await allOf(jobs);
  } finally {
    rivals?.stop();
    await allOf(rivals?.threads ?? []);
    await pool.shutdown();
  }
}

async function allOf(handles: readonly JoinHandle<unknown>[]): Promise<void> {
  for (const result of await join(...handles)) result.unwrap();
}
