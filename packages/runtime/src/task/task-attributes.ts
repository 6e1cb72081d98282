import type { Locals } from './locals.js';

/** What most tasks do not have, kept out of the record of those: made when the first of it is needed. */
export interface TaskAttributes {
  name?: string | undefined;
  /** How long an aborted async body may go on before it is abandoned, in milliseconds. `false`: for ever. */
  abandonAfterMs?: number | false | undefined;
  /** After how long the task is aborted, in milliseconds from its first poll. */
  timeoutMs?: number | undefined;
  /** For policies that read it: larger is sooner. */
  priority?: number | undefined;
  /** For policies that read it: by when the task should be done, on the executor's clock in milliseconds. */
  deadlineMs?: number | undefined;
  /** For policies that read it: the task's share in a lottery. */
  tickets?: number | undefined;
  /** How long its polls have held the thread, in milliseconds, where that is measured. */
  usedMs?: number | undefined;
  /** Since when it is ready, on the executor's clock in milliseconds, where that is measured. */
  readySinceMs?: number | undefined;
  /** What was given to the first `abort(reason)`. */
  abortReason?: unknown;
  /** Said in the outcome of a task that was not aborted by its handle: `its runtime was shut down`. */
  cancelledBecause?: string | undefined;
  /** When the abort was told to the body, on the executor's clock. */
  toldAtMs?: number | undefined;
  /** How many operations were refused since then, because a cleanup took too long. */
  refusals?: number | undefined;
  /** How many `shielded` it is inside: several, where branches are. */
  shields?: number | undefined;
  signal?: TaskSignal | undefined;
  /** Told when somebody first asks for the signal, and may be waiting for nothing else. */
  signalAsked?: (() => void) | undefined;
  /** What to undo when the task has settled. */
  afterwards?: (() => void)[] | undefined;
  /** Who tells its recording that it has settled: of the last one that it was in. */
  followed?: Follower | undefined;
  /** Whether the program has joined it, where that is asked: false until then, and absent where nobody asks. */
  taken?: boolean | undefined;
  /** Its panic is thrown to whoever waits for it, and needs no report. */
  unreported?: boolean | undefined;
  /** It is what its thread is for: code that is in no other task is its. */
  isRoot?: boolean | undefined;
  /** Nobody cares for the end: the task does not count as something that the process waits for. */
  detached?: boolean | undefined;
  /** The task-local values that came with the spawn. */
  locals?: Locals | undefined;
  /** The stack of the call that spawned it, where that was recorded. */
  spawnedAt?: string | undefined;
}

/** Tells a recording of the end of its tasks, until that is over. */
export interface Follower {
  by: object | undefined;
}

/** The `AbortSignal` of one task. An `AbortController` takes 900 bytes, so only a task that asks has one. */
export class TaskSignal {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  fire(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
