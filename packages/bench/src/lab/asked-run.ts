import type { Under } from './program.js';

/** What the process that runs a program is told: everything that its run depends on. */
export interface AskedRun {
  readonly program: string;
  readonly under: Under;
  readonly stepsPerMs: number;
  /** After how long it is shown as it is, though jobs have not ended. */
  readonly limitMs: number;
}
