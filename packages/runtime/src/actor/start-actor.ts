import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Result } from '../base/result.js';
import { RuntimeBug } from '../base/runtime-bug.js';
import { safeInspect } from '../base/safe-inspect.js';
import { takeMessages } from '../base/take-messages.js';
import type { JoinError } from '../task/join-error.js';
import { type JoinHandle, TaskHandle } from '../task/join-handle.js';
import { isAborted } from '../task/state.js';
import type { Task } from '../task/task.js';
import { startThread } from '../thread/start-thread.js';
import type { ThreadOptions } from '../thread/thread-options.js';
import { actorMain } from '../thread/worker-paths.js';
import { ActorLine, type ActorSide } from '../wire/actor/actor-line.js';
import { move } from '../wire/move.js';
import { refusal } from '../wire/refusal.js';
import { isTaskRef, readTaskRef } from '../wire/task-ref.js';
import type { Actor } from './actor.js';
import { ActorStopped } from './actor-stopped.js';
import { type Remote, remoteOf } from './remote.js';

/**
 * Starts a thread for an object, and gives what talks to it.
 *
 * An actor is an ordinary job of `thread.spawn` that stays: it is given a port, serves one object on it, and ends
 * when it is told to. So its handle, its abort and its crash are those of any thread, and this file has only to
 * see to it that no call outlives them: when the handle settles, what was not answered is rejected.
 */
export function startActor<O extends object>(
  options: ThreadOptions,
  Class: unknown,
  args: readonly unknown[],
): Actor<O> {
  if (!isTaskRef(Class)) {
    throw refusal(
      'ERR_NOT_SELF_CONTAINED',
      `thread.actor: expected a class that a module exports, as a reference from tasksFrom(), got ${safeInspect(Class, 100)}.`,
    );
  }
  const target = readTaskRef(Class);
  const { port1, port2 } = new MessageChannel();
  try {
    const line = new ActorLine(port1, NOTHING_TO_CALL);
    // The thread keeps the process alive, for as long as it should: the port would not know when.
    port1.unref();
    line.construct('thread.actor', args);
    const handle: JoinHandle<void> = startThread(options, actorMain(), [target, move(port2)]);
    const actor = new StartedActor<O>(target.name, line, handle);
    actor.watch(port1);
    return actor;
  } catch (error) {
    port1.close();
    throw error;
  }
}

class StartedActor<O extends object> implements Actor<O> {
  readonly remote: Remote<O>;
  readonly handle: JoinHandle<void>;
  readonly #line: ActorLine;
  readonly #task: Task<void>;
  #stopped = false;

  constructor(name: string, line: ActorLine, handle: JoinHandle<void>) {
    this.#line = line;
    this.handle = handle;
    this.#task = TaskHandle.taskOf(handle as TaskHandle<void>);
    this.remote = remoteOf(name, (method, args) => this.#call(`${name}.${method}`, method, args));
  }

  async stop(): Promise<Result<void, JoinError>> {
    this.#stop();
    return await this.handle;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    // Not joined, so that a panic or crash that nobody else looks at is reported.
    await new Promise<void>((resolve) => this.#task.afterwards(resolve));
  }

  /** Sees to it that no call outlives the thread. */
  watch(port: MessagePort): void {
    this.#task.afterwards(() => this.#ended(port));
  }

  /** The thread is gone. What it said before is still on the port. */
  #ended(port: MessagePort): void {
    // Whose answer cannot be read is told of the end, as who has none.
    takeMessages<unknown>(
      port,
      (message) => this.#line.hear(message),
      () => undefined,
    );
    port.close();
    const { outcome } = this.#task;
    this.#line.end((caller) => (outcome?.ok === false ? outcome.error : new ActorStopped(caller)));
  }

  #call(caller: string, method: string, args: readonly unknown[]): Promise<unknown> {
    // An abort may overtake what is sent after it, or not: so nothing is.
    if (isAborted(this.#task)) return this.#line.askNobody(caller);
    if (this.#stopped && !this.handle.isFinished()) return Promise.reject(new ActorStopped(caller));
    return this.#line.call(caller, method, args);
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#line.stop();
  }
}

/** This side has proxied functions at most. */
const NOTHING_TO_CALL: ActorSide = {
  nameOf: (method) => method,
  call: (method) => {
    throw new RuntimeBug(`an actor called "${method}" of who started it`);
  },
  construct: () => undefined,
  stop: () => undefined,
  missed: () => undefined,
};
