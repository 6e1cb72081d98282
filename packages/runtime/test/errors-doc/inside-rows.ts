/**
 * The rows of docs/errors.md that a program cannot bring about within a test: 256 threads, a Node that fails, a
 * peer that goes away in the right microsecond, another operating system. test/unit/errors-doc-inside.test.ts does, from the inside.
 */
export const insideRows = [
  'it was not ready ‹ms› ms after it was started',
  'handle.blockingJoin: this system does not show when a thread dies, so timeoutMs must be given.',
  'the result could not be read by the thread that spawned the task',
  'task ‹id› crashed: its thread ended with an error: ‹message›',
  'thread.spawn: ‹what Node says›',
  'thread.spawn: 256 threads are alive, which is the most that thread.spawn has at a time. Await some of their handles first, or give each thread more than one piece of work.',
  '‹operation›: the peer had gone before it could be asked',
] as const;
