import { CancellationToken, Runtime, sleep, timeout } from '@heddle/runtime';
import { Barrier, broadcast, mpsc, RwLock, Semaphore } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';

/** What tokio promises of arguments that make no sense, row by row. Over each test stands its source. */

// sync_panic.rs: broadcast_channel_panic_caller, mpsc_bounded_channel_panic_caller, rwlock_with_max_readers_panic_caller, …
test.each([
  ['a channel without room', () => mpsc.channel(0)],
  ['a broadcast without room', () => broadcast(0)],
  ['a lock with too many readers', () => new RwLock(1, { maxReaders: 2 ** 40 })],
  ['fewer permits than none', () => new Semaphore(-1)],
  ['more permits than there may be', () => new Semaphore(Number.MAX_SAFE_INTEGER)],
  ['half a task at a barrier', () => new Barrier(0.5)],
  ['a wait of less than no time', () => sleep(-1)],
  ['a time-out of no number', () => timeout('soon' as never, sleep(1))],
  ['a runtime that never visits the event loop', () => new Runtime({ eventInterval: 0 })],
  ['a token of no signal', () => CancellationToken.fromSignal({} as never)],
])('api-misuse-errors/1 %s throws at once, with the call in its stack', (_, call) => {
  const thrown = thrownBy(call);
  expect(thrown).toBeInstanceOf(Error);
  expect(String((thrown as Error).stack)).toContain('api-misuse-errors.test');
});

// sync_panic.rs: semaphore_merge_unrelated_owned_permits, semaphore_merge_unrelated_permits
test('api-misuse-errors/1 merging the permits of two semaphores throws at once, with the call in its stack', () => {
  const [one, other] = [new Semaphore(1), new Semaphore(1)];
  const [permit, stranger] = [one.tryAcquire().unwrap(), other.tryAcquire().unwrap()];
  const thrown = thrownBy(() => permit.merge(stranger));
  expect(thrown).toBeInstanceOf(Error);
  expect(String((thrown as Error).stack)).toContain('api-misuse-errors.test');
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
