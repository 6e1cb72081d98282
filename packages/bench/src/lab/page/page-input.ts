import type { Picture, Trace, TraceRun } from '@heddle/runtime/trace';
import type { Lesson } from './lesson.js';

/** What a page shows. */
export interface PageInput {
  /** `Four jobs, two schedulers`. */
  readonly title: string;
  /** One or two sentences under it: what the program does. */
  readonly about?: string;
  /** Who decided, in one sentence; hidden while anything is asked. */
  readonly inShort?: string;
  readonly trace: Omit<Trace, 'runs'>;
  /** One below the other on one axis, in this order. */
  readonly runs: readonly PageRun[];
  readonly lesson?: Lesson;
}

export interface PageRun {
  readonly run: TraceRun;
  readonly picture: Picture;
  /** Who decides in it, in a few words: `user-space scheduler, one OS thread`. */
  readonly describe?: string;
  /** What is remarkable about it, in sentences. */
  readonly warnings?: readonly string[];
}
