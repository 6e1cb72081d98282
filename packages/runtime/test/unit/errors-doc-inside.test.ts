import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Connection } from '../../src/net/connection.js';
import { TcpStream } from '../../src/net/tcp-stream.js';
import { PoolThread } from '../../src/pool/pool-thread.js';
import { Task, type TaskOwner } from '../../src/task/task.js';
import { checkDeathsSeen } from '../../src/thread/check-deaths-seen.js';
import { addThread, checkThreadLimit } from '../../src/thread/live-threads.js';
import { notCloneable } from '../../src/thread/not-cloneable.js';
import { NOT_ASKED, type ThreadEnd } from '../../src/thread/thread-end.js';
import { outcomeOf } from '../../src/thread/thread-outcome.js';
import { docRows, patternOf } from '../errors-doc/doc-rows.js';
import { insideRows } from '../errors-doc/inside-rows.js';

/** The rows of docs/errors.md that a program cannot bring about within a test. */
const provocations: Readonly<Record<(typeof insideRows)[number], () => unknown>> = {
  'it was not ready ‹ms› ms after it was started': () =>
    new Promise((resolve) => {
      const worker = new HangingWorker() as unknown as Worker;
      const keeper = { gone: (thread: PoolThread) => resolve(thread.endOf(NOT_ASKED).failed?.error) };
      new PoolThread(worker, new SharedArrayBuffer(64), 0, keeper).limitBoot(1);
    }),
  'handle.blockingJoin: this system does not show when a thread dies, so timeoutMs must be given.': () =>
    checkDeathsSeen(false, undefined),
  'the result could not be read by the thread that spawned the task': () =>
    errorOf({ unreadable: new Error('clone') }).intoPanic(),
  'task ‹id› crashed: its thread ended with an error: ‹message›': () =>
    errorOf({ failed: { error: new Error('Node says') } }),
  'thread.spawn: ‹what Node says›': () => notCloneable(new DOMException('no', 'DataCloneError')),
  'thread.spawn: 256 threads are alive, which is the most that thread.spawn has at a time. Await some of their handles first, or give each thread more than one piece of work.':
    () => {
      for (let n = 0; n < 256; n += 1) addThread(newTask());
      return checkThreadLimit();
    },
  '‹operation›: the peer had gone before it could be asked': () =>
    new TcpStream(new Connection(new Socket())).peerAddr(),
};

test.each(insideRows)('%s', async (text) => {
  const row = docRows().find((row) => row.text === text);
  const error = await errorFrom(provocations[text]);
  expect(error.message).toMatch(patternOf(text));
  expect(row?.classes).toContain(error.constructor.name);
  expect('code' in error ? error.code : undefined).toBe(row?.code);
});

async function errorFrom(provoke: () => unknown): Promise<Error> {
  try {
    return (await provoke()) as Error;
  } catch (error) {
    return error as Error;
  }
}

function errorOf(heard: Partial<ThreadEnd>) {
  const outcome = outcomeOf(newTask(), { started: true, abort: NOT_ASKED, exitCode: 1, ...heard });
  if (outcome.ok) throw new Error('this thread did not end badly');
  return outcome.error;
}

function newTask(): Task<unknown> {
  return new Task<unknown>(nobody, undefined, undefined);
}

const nobody: TaskOwner = {
  enqueue: () => undefined,
  abort: () => undefined,
  mayWait: () => false,
  nowMs: () => 0,
  ended: () => undefined,
  detach: () => undefined,
};

/** A worker that never says that it is ready. */
class HangingWorker extends EventEmitter {
  readonly threadId = 1;

  terminate(): void {
    this.emit('exit', 1);
  }
}
