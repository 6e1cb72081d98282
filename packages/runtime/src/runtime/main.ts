import { isMainThread } from 'node:worker_threads';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import type { TaskHandle } from '../task/join-handle.js';
import type { Task } from '../task/task.js';
import { defaultRuntime } from './default-runtime.js';
import { endAll } from './end-all.js';
import { endOthers } from './end-others.js';
import { Runtime } from './runtime.js';
import { spawnOn } from './spawn-on.js';

export interface MainOptions {
  /** Whether SIGINT and SIGTERM abort the program; `true` by default. */
  readonly signals?: boolean;
}

/** Said in the outcome of a task that was still going when the program's own function ended. */
const MAIN_ENDED = 'main ended';
const KNOWN: ReadonlySet<string> = new Set<keyof MainOptions>(['signals']);
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

let running = false;

/**
 * Runs a program: `fn` as a task, and the end of everything else when it ends.
 *
 * When `fn` ends, the tasks that are left are aborted and awaited: their `finally` blocks run; threads get
 * their grace. Then the promise gives what `fn` gave, or rejects with what it threw. The first SIGINT or SIGTERM
 * aborts `fn`, and the process exits with 130 or 143 after the cleanup; the second one exits at once.
 * `signals: false` leaves both to you.
 *
 * In a worker it does nothing and gives undefined, so that a program's file can hold task functions too.
 * Throws an `Error` when a `main` is running already, and a `TypeError` when `fn` is not a function.
 * Source: `#[tokio::main]`. Here the body of `main` is a task with an id.
 *
 * @example
 * const answer = await main(async () => {
 *   spawn(async () => sleep(60_000)); // aborted when main ends
 *   return 42;
 * });
 * console.log(answer);
 */
export function main<T>(
  fn: () => T | PromiseLike<T> | Generator<Suspension, T, unknown>,
  options: MainOptions = {},
): Promise<Awaited<T>> {
  if (typeof fn !== 'function') throw new TypeError(`main: expected a function, got ${safeInspect(fn, 100)}`);
  checkOptionKeys('main', options, KNOWN);
  if (!isMainThread) return Promise.resolve(undefined as Awaited<T>);
  if (running) throw new Error('main: a main is running in this process already; use spawn inside it.');
  running = true;
  return run(fn, options.signals !== false) as Promise<Awaited<T>>;
}

async function run(fn: () => unknown, signals: boolean): Promise<unknown> {
  const runtime = defaultRuntime();
  const executor = Runtime.executorOf(runtime);
  const attributes = { name: 'main', unreported: true, abandonAfterMs: false } as const;
  let root: Task<unknown> | undefined;
  const handle = spawnOn(
    'main',
    () => executor,
    () => ({ ...attributes }),
    (task) => {
      root = task;
    },
  )(fn);
  const stopListening = signals ? abortOnSignal(root as Task<unknown>) : () => undefined;
  try {
    const outcome = await (handle as TaskHandle<unknown>);
    await Promise.all([endAll(executor, Number.POSITIVE_INFINITY, MAIN_ENDED), endOthers(MAIN_ENDED)]);
    if (outcome.ok) return outcome.value;
    if (outcome.error.isPanic()) throw outcome.error.intoPanic();
    throw outcome.error;
  } finally {
    stopListening();
    running = false;
  }
}

/** Aborts `root` at the first signal, and exits when it has ended, or at the second. */
function abortOnSignal(root: Task<unknown>): () => void {
  let got: keyof typeof EXIT_CODES | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const code = EXIT_CODES[signal as keyof typeof EXIT_CODES];
    if (got !== undefined) process.exit(code);
    got = signal as keyof typeof EXIT_CODES;
    root.abort(signal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    if (got !== undefined) process.exit(EXIT_CODES[got]);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
