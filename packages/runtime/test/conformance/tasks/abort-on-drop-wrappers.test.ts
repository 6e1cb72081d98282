import { abortOnDrop } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

/** What tokio-util promises of its abort-on-drop wrappers, row by row. Over each test stands its source. */

/** A task that owns the receiver of a channel for as long as it lives, and its two kinds of handles. */
function owner() {
  const { host, spawn } = byHand();
  const [sender, receiver] = oneshot<number>();
  const handle = spawn(function* () {
    try {
      yield* receiver.recv();
    } finally {
      receiver.close();
    }
  });
  return { host, sender, handle };
}

const kinds = ['a JoinHandle', 'an AbortHandle'] as const;

// abort_on_drop.rs: aborts_task_on_drop, handle_aborts_task_on_drop
test.each(kinds)(
  'abort-on-drop-wrappers/1 disposing a wrapper of %s aborts the task, which drops what it owned',
  async (kind) => {
    const { host, sender, handle } = owner();
    await host.settle();
    {
      using _ = abortOnDrop(kind === 'a JoinHandle' ? handle : handle.abortHandle());
      await host.settle();
      expect(sender.isClosed()).toBe(false);
    }
    await host.settle();
    expect([sender.isClosed(), handle.isFinished()]).toEqual([true, true]);
  },
);

// abort_on_drop.rs: aborts_task_directly, handle_aborts_task_directly
test.each(kinds)(
  'abort-on-drop-wrappers/2 abort() on a wrapper of %s cancels the task; when what it owned is gone it is finished',
  async (kind) => {
    const { host, sender, handle } = owner();
    const guard = abortOnDrop(kind === 'a JoinHandle' ? handle : handle.abortHandle());
    await host.settle();
    guard.abort();
    const closed = (async () => {
      await sender.closed();
      return guard.isFinished();
    })();
    await host.settle();
    expect(await closed).toBe(true);
  },
);

// abort_on_drop.rs: does_not_abort_after_detach, handle_does_not_abort_after_detach
test.each(kinds)('abort-on-drop-wrappers/3 detach() gives %s back and lets the task go on', async (kind) => {
  const { host, sender, handle } = owner();
  await host.settle();
  const given = kind === 'a JoinHandle' ? handle : handle.abortHandle();
  {
    using guard = abortOnDrop(given);
    expect(guard.detach()).toBe(given);
  }
  await host.settle();
  expect([sender.isClosed(), handle.isFinished()]).toEqual([false, false]);
});
