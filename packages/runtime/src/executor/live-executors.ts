import type { Executor } from './executor.js';

/** The executors of this thread. Nobody is kept alive for being in here. */
const executors = new Set<WeakRef<Executor>>();
let tell: ((executor: Executor) => void) | undefined;

/** A new executor is there. */
export function noteExecutor(executor: Executor): void {
  executors.add(new WeakRef(executor));
  tell?.(executor);
}

export function liveExecutors(): Executor[] {
  return [...executors].flatMap((reference) => {
    const executor = reference.deref();
    if (executor === undefined) executors.delete(reference);
    return executor === undefined ? [] : [executor];
  });
}

/** Calls `hear` with each executor that is made from now on. `undefined`: nobody any more. */
export function onNewExecutor(hear: ((executor: Executor) => void) | undefined): void {
  tell = hear;
}
