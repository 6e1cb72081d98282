import type { Op } from '../task/op.js';

/** Walks over what a receiver gives, until it gives `undefined`. Leaving early closes nothing. */
export function iterate<T>(receiver: { recv(): Op<T | undefined> }): AsyncIterator<T, undefined, void> {
  return { next: () => receiver.recv().then(toStep) as Promise<IteratorResult<T, undefined>> };
}

function toStep<T>(message: T | undefined): IteratorResult<T, undefined> {
  return message === undefined ? { done: true, value: undefined } : { done: false, value: message };
}
