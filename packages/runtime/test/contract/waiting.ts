import type { JoinHandle } from '@heddle/runtime';
import { type Progress, STEP } from './program.js';
import type { Spawner } from './spawner.js';

/** Waits until a program is as far as `step`. One that never gets there fails its test by the test's time limit. */
export async function reached(spawner: Spawner, progress: Progress, step: number): Promise<void> {
  while (Atomics.load(progress, STEP) < step) await spawner.pause();
}

/** Waits until a task has settled, without joining it. */
export async function settled(spawner: Spawner, handle: JoinHandle<unknown>): Promise<void> {
  while (!handle.isFinished()) await spawner.pause();
}
