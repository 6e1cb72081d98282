import { inspect } from 'node:util';
import { threadId } from 'node:worker_threads';
import { sleep, thread } from '@heddle/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of an abort in its own tests, row by row. Over each test stands its source. */

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// task_abort.rs: test_abort_without_panic_3157
test('abort-cancellation/1 the abort of a task that sleeps for long settles it at once, and throws nowhere', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(() => sleep(100_000));
  await host.advance(10);
  handle.abort();
  await host.settle();
  expect([await outcomeOf(handle), host.now(), silencePanics.reported]).toEqual(['cancelled', 10, []]);
});

// task_abort.rs: test_abort_without_panic_3157
test('abort-cancellation/1 the abort of a thread whose task sleeps for long settles it', async () => {
  const [sender, receiver] = thread.channel<string>({ capacity: 1 });
  const handle = thread.spawn(async (out) => {
    const { sleep } = await import('@heddle/runtime');
    await out.send('begun');
    await sleep(100_000);
  }, sender);
  expect(await receiver.recv()).toBe('begun');
  handle.abort();
  const result = await handle;
  expect(result.ok ? 'value' : result.error.kind).toBe('cancelled');
});

// task_abort.rs: remote_abort_local_set_3929
test('abort-cancellation/2 a task that another thread aborts while its own drives it cleans up on its own thread alone', async () => {
  const [sender, receiver] = thread.channel<number>({ capacity: 1 });
  const words = new Int32Array(new SharedArrayBuffer(12));
  const handle = thread.builder({ graceMs: 3_600_000 }).spawn(
    async (out, words) => {
      const { sleep, spawn } = await import('@heddle/runtime');
      const { threadId } = await import('node:worker_threads');
      const other = spawn(async () => {
        for (;;) await sleep(1);
      });
      try {
        await out.send(threadId);
        await sleep(3_600_000);
      } finally {
        words[0] = (words[0] as number) + 1;
        words[1] = threadId;
        words[2] = other.isFinished() ? 0 : 1;
      }
    },
    sender,
    words,
  );
  const owner = await receiver.recv();
  expect(owner).not.toBe(threadId);
  handle.abort();
  const result = await handle;
  expect(result.ok ? 'value' : result.error.kind).toBe('cancelled');
  expect([...words]).toEqual([1, owner, 1]);
});

// task_abort.rs: test_abort_wakes_task_3964
test('abort-cancellation/3 the abort itself has the task cleaned up: no join and no wake of its own is needed', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  const release = () =>
    spawn(function* () {
      try {
        yield* sleep(100_000);
      } finally {
        lines.push('released');
      }
    });
  const handle = release();
  await host.settle();
  handle.abort();
  handle.detach();
  host.runUntilIdle();
  expect([lines, host.now(), host.pendingTimers]).toEqual([['released'], 0, 0]);
});

/** A task that throws while it cleans up. */
function* throwsInCleanup() {
  try {
    yield* sleep(100_000);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
    throw new Error('in the cleanup');
  }
}

// task_abort.rs: test_abort_task_that_panics_on_drop_contained
test('abort-cancellation/4 a cleanup that throws harms nobody else, held handle or not', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(throwsInCleanup);
  await host.settle();
  handle.abort();
  handle.detach();
  await host.settle();
  expect(silencePanics.reported.map(({ payload }) => (payload as Error).message)).toEqual(['in the cleanup']);
  const other = spawn(() => 'goes on');
  await host.settle();
  expect(await outcomeOf(other)).toBe('goes on');
});

// task_abort.rs: test_abort_task_that_panics_on_drop_returned
test('abort-cancellation/5 a task whose cleanup throws has panicked, and was not cancelled', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(throwsInCleanup);
  await host.settle();
  handle.abort();
  await host.settle();
  const result = await handle;
  expect(result.ok || [result.error.isPanic(), result.error.isCancelled()]).toEqual([true, false]);
});

/** The errors of tasks that throw these. */
async function panicsWith(...payloads: readonly unknown[]) {
  const { host, spawn } = byHand();
  const handles = payloads.map((payload) =>
    spawn((): never => {
      throw payload;
    }),
  );
  await host.settle();
  return Promise.all(
    handles.map(async (handle) => {
      const result = await handle;
      if (result.ok) throw new Error('it has a value');
      return result.error;
    }),
  );
}

// task_abort.rs: test_join_error_display
test('abort-cancellation/6 the text of a panic has its message in quotes, and nothing of what is neither text nor error', async () => {
  const errors = await panicsWith('a "constant" text', `formatted ${1 + 1}`, { not: 'text' });
  expect(errors.map(({ id, message }) => message.replace(`task ${id}`, 'task N'))).toEqual([
    'task N panicked with message "a \\"constant\\" text"',
    'task N panicked with message "formatted 2"',
    'task N panicked',
  ]);
});

// task_abort.rs: test_join_error_debug
test('abort-cancellation/7 a printed JoinError shows how the task ended, its id, and the text of a panic', async () => {
  const [text, other] = await panicsWith('a text', 413);
  expect(inspect(text)).toContain(`JoinError: task ${text?.id} panicked with message "a text"`);
  expect(inspect(text)).toContain("kind: 'panic'");
  expect(inspect(other)).toContain(`JoinError: task ${other?.id} panicked`);
  expect(inspect(other)).not.toContain('with message');
  const { host, spawn } = byHand();
  const handle = spawn(() => sleep(1));
  handle.abort();
  await host.settle();
  const cancelled = await handle;
  const printed = inspect(cancelled.ok ? undefined : cancelled.error);
  expect(printed).toContain(`JoinError: task ${handle.id} was cancelled`);
  expect(printed).toContain("kind: 'cancelled'");
});

// join_handle_panic.rs: test_panics_do_not_propagate_when_dropping_join_handle
test('abort-cancellation/8 a value whose disposal throws is disposed of by nobody', async ({ task }) => {
  deviates(task, 'garbageCollected');
  const { host, spawn } = byHand();
  let disposed = 0;
  const handle = spawn(() => ({
    [Symbol.dispose]() {
      disposed += 1;
      throw new Error('in the disposal');
    },
  }));
  await host.settle();
  expect(() => handle.detach()).not.toThrow();
  expect([disposed, silencePanics.reported]).toEqual([0, []]);
});
