import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { Ok } from '../../src/base/result.js';
import { abortOnSignal } from '../../src/task/abort-on-signal.js';
import type { Task } from '../../src/task/task.js';
import { taskOfNobody } from './task-of-nobody.js';

test('one signal aborts any number of tasks through one listener', () => {
  const { signal, abort } = controlled();
  const tasks = [linked(signal), linked(signal), linked(signal)];
  expect(getEventListeners(signal, 'abort').length).toBe(1);
  abort('enough');
  expect(tasks.map((task) => task.attributes?.abortReason)).toEqual(['enough', 'enough', 'enough']);
});

test('a task that has settled is let go of, and the last one takes the listener with it', () => {
  const { signal, abort } = controlled();
  const tasks = [linked(signal), linked(signal)];
  tasks[0]?.settle(Ok(1));
  expect(getEventListeners(signal, 'abort').length).toBe(1);
  tasks[1]?.settle(Ok(1));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  const late = linked(signal);
  abort('late');
  expect(late.attributes?.abortReason).toBe('late');
});

test('a signal that has fired aborts at once', () => {
  expect(linked(AbortSignal.abort('before')).attributes?.abortReason).toBe('before');
});

function linked(signal: AbortSignal): Task<unknown> {
  const task = taskOfNobody();
  abortOnSignal(task, signal);
  return task;
}

function controlled(): { signal: AbortSignal; abort: (reason: unknown) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}
