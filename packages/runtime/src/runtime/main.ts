import { isMainThread } from 'node:worker_threads';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { safeInspect } from '../base/safe-inspect.js';
import type { Suspension } from '../base/suspension.js';
import type { Executor } from '../executor/executor.js';
import { TaskHandle } from '../task/join-handle.js';
import type { Task } from '../task/task.js';
import { defaultExecutor } from './default-executor.js';
import { endWhatIsLeft } from './end-what-is-left.js';
import { spawnOn } from './spawn-on.js';

/** How a `main` is run. */
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
 * Throws an `Error` when a `main` is running already, and a `TypeError` when `fn` is not a function, or an async generator's.
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
  const executor = defaultExecutor();
  const attributes = { name: 'main', unreported: true, abandonAfterMs: false } as const;
  const spawn = spawnOn(
    'main',
    () => executor,
    () => ({ ...attributes }),
  );
  const handle = spawn(fn) as TaskHandle<unknown>;
  running = true;
  return run(executor, handle, options.signals !== false) as Promise<Awaited<T>>;
}

async function run(executor: Executor, handle: TaskHandle<unknown>, signals: boolean): Promise<unknown> {
  const stopListening = signals ? abortOnSignal(TaskHandle.taskOf(handle)) : () => undefined;
  try {
    const outcome = await handle;
    await endWhatIsLeft(executor, MAIN_ENDED);
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
