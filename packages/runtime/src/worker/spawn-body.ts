import type { TaskId } from '../base/task-id.js';
import { runBlank } from '../executor/blank.js';
import { currentExecutor } from '../executor/current-executor.js';
import type { Executor } from '../executor/executor.js';
import { endWhatIsLeft, isAnythingLeft } from '../runtime/end-what-is-left.js';
import '../runtime/default-executor.js';
import { inJobContext } from '../runtime/in-job-context.js';
import { type LocalSpawn, spawnOn } from '../runtime/spawn-on.js';
import { fillRootFrame } from '../task/async-frame.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import { numberTasksFrom, type Task } from '../task/task.js';
import type { TaskAttributes } from '../task/task-attributes.js';
import { fillOwnKinds, type LoadedJob } from '../wire/load-job.js';

/** Whose function it is that a thread runs. */
export interface Spawned {
  /** What was called to spawn it, for a refusal: `thread.spawn`. */
  readonly by: string;
  /** The id of the task where it was spawned: inside, it is known by the same. */
  readonly taskId: TaskId;
  readonly name: string | undefined;
  /** Told when the function first asks for its signal, and may be waiting for nothing else. */
  readonly signalAsked?: () => void;
  /** Whether it is what its thread is for, and code that is in no other task is its. */
  readonly isRoot?: true;
  /** Where it runs: by default, on this thread's own executor. */
  readonly executor?: () => Executor;
}

/**
 * Makes a job's function a task of its own kind on this thread's executor.
 *
 * Its panic is reported where it was spawned, and who spawned it decides how long it may go on after an abort.
 */
export function spawnBody(
  { by, taskId, name, signalAsked, isRoot, executor = currentExecutor }: Spawned,
  { fn, args, context }: LoadedJob,
): Task<unknown> {
  const spawn = spawnerFor(by, executor);
  attributes = { name, abandonAfterMs: false, unreported: true, isRoot, signalAsked };
  const next = numberTasksFrom(taskId);
  let handle: JoinHandle<unknown> | undefined;
  // Whatever brought the job here has no part in it; and where no store can be, none is looked for.
  runBlank(() => {
    handle = context === undefined ? spawn(fn, ...args) : inJobContext(context, () => spawn(fn, ...args));
  });
  // The tasks that it makes have ids that no other one of this thread has had, for whoever records them.
  numberTasksFrom(Math.max(next, taskId + 1));
  return TaskHandle.taskOf(handle as TaskHandle<unknown>);
}

/** One for all jobs of a thread: each spawns by the same. */
function spawnerFor(by: string, executor: () => Executor): LocalSpawn {
  if (spawner?.by !== by || spawner.executor !== executor) {
    spawner = { by, executor, spawn: spawnOn(by, executor, () => attributes) };
  }
  return spawner.spawn;
}

let spawner:
  | { readonly by: string; readonly executor: () => Executor; readonly spawn: LocalSpawn }
  | undefined;
let attributes: TaskAttributes | undefined;

/**
 * Calls `then` when the function has ended and with it what it has left: that does not outlive it, and `finally` runs.
 */
export function bodyEnded(
  body: Task<unknown>,
  because: string,
  then: () => void,
  executor: () => Executor = currentExecutor,
): void {
  body.afterwards(() => {
    if (body.attributes?.isRoot === true) fillRootFrame(undefined);
    const own = executor();
    if (isAnythingLeft(own)) void endWhatIsLeft(own, because).then(then);
    else then();
  });
}

// Known on this side by their names, whether the function imports them or not; thirty modules, for who needs them.
fillOwnKinds(() => Promise.all([import('../sharing/index.js'), import('../sharing/channel/crossing.js')]));
