import { fillDefaultExecutor } from '../executor/current-executor.js';
import { Runtime } from './runtime.js';

let made: Runtime | undefined;

/** The process's own runtime, on this thread: what bare calls outside any task use. Made on first use. */
export function defaultRuntime(): Runtime {
  made ??= new Runtime();
  return made;
}

fillDefaultExecutor(() => Runtime.executorOf(defaultRuntime()));
