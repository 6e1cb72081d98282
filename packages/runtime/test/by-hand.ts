import {
  type JoinError,
  type JoinHandle,
  type PanicInfo,
  type Result,
  Runtime,
  type RuntimeOptions,
  setPanicHook,
} from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';

/** A runtime on an event loop and a clock that stand still until a test turns them. */
export function byHand(options: Omit<RuntimeOptions, 'host'> = {}): {
  readonly host: ManualHost;
  readonly runtime: Runtime;
  readonly spawn: Runtime['spawn'];
} {
  const host = new ManualHost();
  const runtime = new Runtime({ ...options, host });
  return { host, runtime, spawn: runtime.spawn };
}

/** The outcome of a task that must have settled by now, in a few words: `42`, `cancelled`, `panic boom`. */
export async function outcomeOf(handle: JoinHandle<unknown>): Promise<string> {
  if (!handle.isFinished()) return 'not finished';
  const result: Result<unknown, JoinError> = await handle;
  if (result.ok) return String(result.value);
  const { error } = result;
  const abandoned = error.isAbandoned() ? ' and abandoned' : '';
  if (!error.isPanic()) return `${error.kind}${abandoned}`;
  const payload = error.intoPanic();
  return `panic ${payload instanceof Error ? payload.message : String(payload)}`;
}

/** For tests in which tasks panic on purpose: nothing is printed, and what was reported can be read. */
export const silencePanics: { begin(): void; end(): void; readonly reported: PanicInfo[] } = {
  reported: [],
  begin() {
    silencePanics.reported.length = 0;
    setPanicHook((info) => silencePanics.reported.push(info));
  },
  end() {
    setPanicHook(null);
  },
};
