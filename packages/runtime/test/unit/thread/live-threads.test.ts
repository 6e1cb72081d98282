import { expect, test } from 'vitest';
import type { Task } from '../../../src/task/task.js';
import { addThread, aliveCount, checkThreadLimit, removeThread } from '../../../src/thread/live-threads.js';
import { taskOfNobody } from '../task-of-nobody.js';

test('the 257th thread is refused, by name and with what to do, until one of them is gone', () => {
  const tasks = Array.from({ length: 256 }, () => taskOfNobody());
  for (const task of tasks) {
    checkThreadLimit();
    addThread(task);
  }
  expect(aliveCount()).toBe(256);
  expect(checkThreadLimit).toThrow(RangeError);
  expect(checkThreadLimit).toThrow(
    'thread.spawn: 256 threads are alive, which is the most that thread.spawn has at a time. Await some of their handles first, or give each thread more than one piece of work.',
  );
  removeThread(tasks[7] as Task<unknown>);
  expect(checkThreadLimit).not.toThrow();
});
