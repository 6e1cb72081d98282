import type { MessagePort } from 'node:worker_threads';
import { task } from '../runtime/task-namespace.js';
import { fillRootFrame } from '../task/async-frame.js';
import { ActorLine } from '../wire/actor/actor-line.js';
import { loadTask } from '../wire/load-task.js';
import type { TaskTarget } from '../wire/task-ref.js';
import { ActorObject } from './actor-object.js';

/**
 * The body of an actor's thread: it makes an object, serves its methods on a port, and ends when told to.
 *
 * The far side of wire/actor/actor-messages.ts. It is run as any job is, so what it throws is the thread's
 * panic: that the class cannot be had, that the object cannot be made or disposed of. After an abort the calls
 * that are running are asked to end, and the object is disposed of, within the grace.
 */
export async function actorMain(target: TaskTarget, port: MessagePort): Promise<void> {
  const { signal } = task;
  // What runs from here on is the object's. An abort is told to its calls by their signals, not by their operations.
  fillRootFrame(undefined);
  const Class = await loadTask(target);
  const object = new ActorObject(Class, target);
  await new Promise<void>((stop, fail) => {
    signal.addEventListener('abort', () => stop(), { once: true });
    if (signal.aborted) stop();
    const line: ActorLine = new ActorLine(port, {
      nameOf: (method) => object.nameOf(method),
      call: (method, args, context) => object.call(method, args, context),
      construct: (args) => {
        try {
          object.construct(line.unpack(args));
        } catch (thrown) {
          fail(thrown);
        }
      },
      stop,
      missed: fail,
    });
  });
  await object.end(signal);
}
