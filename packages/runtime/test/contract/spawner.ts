import type { JoinHandle } from '@heddle/runtime';
import type { ProgramName, Progress } from './program.js';

/** A way of starting a task, put to the contract. Another spawner is one more file in `spawners/`. */
export interface Spawner {
  readonly name: string;
  /** Whether the body runs in this isolate: nothing of it runs in parallel, and what it throws is the very value. */
  readonly here: boolean;
  spawn(program: ProgramName, progress: Progress): JoinHandle<unknown>;
  spawnNamed(name: string, program: ProgramName, progress: Progress): JoinHandle<unknown>;
  /** Lets the task go on for a moment. */
  pause(): Promise<void>;
}
