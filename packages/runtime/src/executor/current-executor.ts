import { RuntimeBug } from '../base/runtime-bug.js';
import { currentTask } from '../task/current.js';
import { Executor } from './executor.js';

let makeDefault: (() => Executor) | undefined;

/** Says how the process's default executor is made, on first use. The runtime floor fills it. */
export function fillDefaultExecutor(make: () => Executor): void {
  makeDefault = make;
}

/** The executor of the current task, else the process's default one. */
export function currentExecutor(): Executor {
  const owner = currentTask()?.owner;
  if (owner instanceof Executor) return owner;
  if (makeDefault === undefined) throw new RuntimeBug('no default executor was filled in');
  return makeDefault();
}
