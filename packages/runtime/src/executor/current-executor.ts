import { currentTask } from '../task/current.js';
import { Executor } from './executor.js';
import { plainExecutor } from './plain-executor.js';

let made: Executor | undefined;
let makeDefault = (): Executor => {
  made ??= plainExecutor();
  return made;
};

/**
 * Says how the process's default executor is made, on first use. The runtime floor fills it.
 *
 * Where it is not loaded, since a program imports `@heddle/runtime/time` or `/sync` alone, nothing can be spawned,
 * and all that is asked of the executor is its clock. Gives the one that was made so, if one was: it is to be the
 * default.
 */
export function fillDefaultExecutor(make: () => Executor): Executor | undefined {
  makeDefault = make;
  return made;
}

/** The executor of the current task, else the process's default one. */
export function currentExecutor(): Executor {
  const owner = currentTask()?.owner;
  return owner instanceof Executor ? owner : makeDefault();
}
