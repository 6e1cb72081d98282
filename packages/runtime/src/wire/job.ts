import type { CallSite } from './inline/call-site.js';
import type { CarriedValue } from './job-context.js';
import type { Payload, Transferred } from './payload.js';

/** What is sent to a thread to run one task: which function, and its arguments. Structured clone takes it. */
export interface JobMessage {
  readonly fn: JobFunction;
  readonly args: Payload;
  /** What goes along: values of task-locals, and registered contexts. */
  readonly context?: readonly CarriedValue[];
}

/** How a function is named to another thread. */
export type JobFunction = ModuleFunction | InlineFunction;

/** A function that a module exports. */
export interface ModuleFunction {
  readonly kind: 'module';
  readonly url: string;
  readonly name: string;
}

/** A self-contained function literal, as source. Only ever made from a function object. */
export interface InlineFunction {
  readonly kind: 'inline';
  /** An expression that evaluates to the function. */
  readonly source: string;
  /** Module code is strict; the source of a sloppy function may not even parse as that. */
  readonly strict: boolean;
  /** What the source calls the function that stands in for `import()`, where it has any. */
  readonly importName: string | undefined;
  /** Names that a build tool put into the source, to be given something harmless. */
  readonly shims: readonly string[];
  /** The file that called the spawner, as a `file:` URL: `import()` resolves from there, and stacks name it. */
  readonly file: string | undefined;
  /** Where in that file the source begins, counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** A job that is ready to be posted. */
export interface PreparedJob {
  readonly message: JobMessage;
  readonly transfer: readonly Transferred[];
  /** Where the spawner was called, if that had to be found. */
  readonly site: CallSite | undefined;
}
