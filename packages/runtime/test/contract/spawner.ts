import type { JoinHandle } from '@heddle/runtime';
import type { ProgramName, Progress } from './program.js';

/** A way of starting a task, put to the contract. Another spawner is one more file in `spawners/`. */
export interface Spawner {
  readonly name: string;
  /** Whether the body runs in this isolate: nothing of it runs in parallel, and what it throws is the very value. */
  readonly here: boolean;
  /** Whether the body may begin before the spawner has returned: then no abort can be sure to come before its start. */
  readonly atOnce?: true;
  spawn(program: ProgramName, progress: Progress): JoinHandle<unknown>;
  spawnNamed(name: string, program: ProgramName, progress: Progress): JoinHandle<unknown>;
  /** What it needs before the first spawn, and how that is undone. */
  prepare?(): PromiseLike<void>;
  cleanUp?(): PromiseLike<void>;
  /** Lets the task go on for a moment. */
  pause(): Promise<void>;
}
