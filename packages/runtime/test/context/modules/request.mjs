/** The context of a request, as a program keeps it: loaded on both sides, by the test and by its threads. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { registerContext, taskLocal } from '@heddle/runtime';

export const request = new AsyncLocalStorage();
export const captured = [];

registerContext({
  name: 'test.request',
  capture() {
    const store = request.getStore();
    captured.push(store?.id);
    return store;
  },
  run: (store, fn) => request.run(store, fn),
});

/** Does on the thread what its value says, in place of what a `run` should do. */
export const odd = new AsyncLocalStorage();
registerContext({
  name: 'test.odd',
  capture: () => odd.getStore(),
  run(what, fn) {
    if (what === 'throws first') throw new Error('no context today');
    if (what === 'never calls') return;
    fn();
    if (what === 'calls twice') fn();
    if (what === 'throws later') throw new Error('no context any more');
  },
});

export const TRACE = taskLocal('test.trace', { travels: true });
export const LOCAL = taskLocal('test.local');

/** The very objects of this module, for a task on the test's own thread: vitest would load it a second time. */
export const everything = () => ({ request, odd, captured, TRACE, LOCAL });
