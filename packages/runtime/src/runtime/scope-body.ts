import { isGenerator, isGeneratorFunction } from '../base/generator.js';
import type { Result } from '../base/result.js';
import { GeneratorBranch } from '../task/generator-branch.js';
import type { JoinError } from '../task/join-error.js';
import { TaskHandle } from '../task/join-handle.js';
import type { Pollable } from '../task/pollable.js';
import { markReported } from '../task/resume-unwind.js';
import type { Task } from '../task/task.js';
import { spawn } from './spawn.js';

/** The body of a scope: part of the current task, or a task that is waited for. */
export type ScopeBody =
  | { readonly inline: Pollable<unknown> }
  | { readonly task: Task<unknown>; readonly outcome: Pollable<Result<unknown, JoinError>> };

/** Begins the body: a generator as a part of the task that waits for the scope, anything else as a task of its own. */
export function beginBody<S>(body: (scope: S) => unknown, scope: S): ScopeBody {
  if (isGeneratorFunction(body)) {
    const generator = body(scope);
    if (isGenerator(generator)) return { inline: new GeneratorBranch(generator) };
  }
  const task = TaskHandle.taskOf(spawn(body, scope) as TaskHandle<unknown>);
  return { task, outcome: task };
}

/** What the scope throws for a failed child or body: what that threw, or the `JoinError` where it threw nothing. */
export function causeOf(error: JoinError): unknown {
  if (!error.isPanic()) return error;
  // The panic was reported where it happened; whoever catches it from the scope throws it on in vain.
  const payload = error.intoPanic();
  markReported(payload);
  return payload;
}
