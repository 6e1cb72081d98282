import type { TaskKey } from '../trace-event.js';

/** What is wrong, in one word; docs/tracing.md says of each what to do about it. */
export type WarningKind =
  | 'never yields'
  | 'blocks its thread'
  | 'polled without a CPU'
  | 'wakes itself'
  | 'ready but not polled'
  | 'never polled'
  | 'waits for ever'
  | 'wants a CPU'
  | 'runs outside of tasks';

/** Something in a recording that is worth a look. */
export interface Warning {
  readonly kind: WarningKind;
  /** A sentence that names who, how long and how often. Safe to print. */
  readonly text: string;
  /** When the worst of it began. */
  readonly atNs: number;
  /** How much time it is about: what warnings are sorted by. */
  readonly ns: number;
  /** The task that it is about, where it is one. */
  readonly task?: TaskKey;
  /** The thread that it is about, by its place; `undefined` for one that only the kernel saw. */
  readonly thread?: number | undefined;
}

/** From when on something is worth a warning: a hundredth of a second is what a person notices. */
export const LONG_NS = 10e6;
