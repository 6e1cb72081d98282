import { setImmediate as nextRound } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CancellationToken, sleep } from '@heddle/runtime';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What tokio-util promises of its CancellationToken in its own tests, row by row. Over each test stands its source. */

// sync_cancellation_token.rs: cancel_token, cancel_token_owned
test('cancellationtoken/1 cancel() wakes who was polled, once, and whoever was not is ready at its first poll', () => {
  const token = new CancellationToken();
  const [first, second, untouched] = [1, 2, 3].map(() => step(token.cancelled()));
  expect([first?.poll(), second?.poll(), token.isCancelled()]).toEqual([PENDING, PENDING, false]);
  token.cancel();
  expect([first, second, untouched].map((waiter) => waiter?.isWoken())).toEqual([true, true, false]);
  expect([first, second, untouched].map((waiter) => waiter?.poll())).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  token.cancel();
  expect([first?.isWoken(), token.isCancelled()]).toEqual([false, true]);
});

// sync_cancellation_token.rs: cancel_child_token_without_parent, cancel_only_all_descendants
test('cancellationtoken/2 cancelling a node wakes its subtree, and neither its parent nor its siblings', () => {
  const parent = new CancellationToken();
  const sibling = parent.childToken();
  const top = parent.childToken();
  const [one, two] = [top.childToken(), top.childToken()];
  const below = [one.childToken(), one.childToken(), two.childToken()];
  const inside = [top, one, two, ...below].map((token) => step(token.cancelled()));
  const outside = [parent, sibling].map((token) => step(token.cancelled()));
  for (const waiter of [...inside, ...outside]) expect(waiter.poll()).toBe(PENDING);
  top.cancel();
  expect(inside.map((waiter) => waiter.isWoken())).toEqual([true, true, true, true, true, true]);
  expect(outside.map((waiter) => waiter.isWoken())).toEqual([false, false]);
  expect([parent.isCancelled(), sibling.isCancelled(), parent.childToken().isCancelled()]).toEqual([
    false,
    false,
    false,
  ]);
});

// sync_cancellation_token.rs: create_child_token_after_parent_was_cancelled
test('cancellationtoken/3 the child of a cancelled token is born cancelled, and nobody is woken for it', () => {
  const token = new CancellationToken();
  token.cancel();
  const waiter = step(token.childToken().cancelled());
  expect([waiter.poll(), waiter.isWoken()]).toEqual([undefined, false]);
});

// sync_cancellation_token.rs: drop_multiple_child_tokens, drop_parent_before_child_tokens
test('cancellationtoken/4 tokens that are collected, children or a parent, neither cancel nor harm another', async () => {
  const root = new CancellationToken();
  let collected = 0;
  const registry = new FinalizationRegistry(() => {
    collected += 1;
  });
  /** A grandchild of `parent`, of which all are forgotten but this one: its own parent, and that one's two siblings. */
  const keepsOneOfThree = (parent: CancellationToken) => {
    const tokens = [parent.childToken(), parent.childToken(), parent.childToken()];
    for (const token of tokens) registry.register(token, undefined);
    return tokens[1]?.childToken() as CancellationToken;
  };
  const withoutRoot = () => {
    const forgotten = new CancellationToken();
    registry.register(forgotten, undefined);
    return keepsOneOfThree(forgotten);
  };
  const kept = [keepsOneOfThree(root), keepsOneOfThree(root)];
  const orphans = [withoutRoot(), withoutRoot()];
  const waiting = [...kept, ...orphans].map((token) => step(token.cancelled()));
  for (const waiter of waiting) expect(waiter.poll()).toBe(PENDING);
  const told = () => waiting.map((waiter) => waiter.isWoken());
  while (collected < 14) {
    collectGarbage();
    await nextRound();
  }
  await nextRound();
  expect(told()).toEqual([false, false, false, false]);
  orphans[0]?.cancel();
  expect(told()).toEqual([false, false, true, false]);
  root.cancel();
  expect(told()).toEqual([true, true, true, false]);
  orphans[1]?.cancel();
  expect(told()).toEqual([true, true, true, true]);
});

// sync_cancellation_token.rs: run_until_cancelled_test, run_until_cancelled_owned_test
test('cancellationtoken/5 runUntilCancelled gives the value, or undefined when it is cancelled meanwhile', async () => {
  const { host, spawn } = byHand();
  const token = new CancellationToken();
  const [quick, slow] = [1, 100].map((ms) =>
    spawn(() =>
      token.runUntilCancelled(
        (function* () {
          yield* sleep(ms);
          return 'value';
        })(),
      ),
    ),
  );
  await host.advance(1);
  token.cancel();
  await host.settle();
  expect([(await quick)?.unwrap(), (await slow)?.unwrap(), host.pendingTimers]).toEqual([
    'value',
    undefined,
    0,
  ]);
  let polls = 0;
  const never = step(
    token.runUntilCancelled(() => {
      polls += 1;
    }),
  );
  expect([never.poll(), polls]).toEqual([undefined, 0]);
});

// future.rs: ready_fut_with_cancellation_token_test, ready_fut_with_cancellation_owned_token_test
test('cancellationtoken/6 a branch that is ready gives its value at the first poll', () => {
  const running = step(new CancellationToken().runUntilCancelled(() => 'ready'));
  expect([running.poll(), running.isWoken()]).toEqual(['ready', false]);
});

// future.rs: ready_fut_with_already_cancelled_token_test, pending_fut_with_already_cancelled_token_test
test('cancellationtoken/7 a token that is cancelled already gives undefined, be the branch ready or not, and wakes nobody', () => {
  const token = new CancellationToken();
  token.cancel();
  for (const branch of [() => 'ready', new Promise(() => {})]) {
    const running = step(token.runUntilCancelled(branch as () => string));
    expect([running.poll(), running.isWoken()]).toEqual([undefined, false]);
  }
});

// future.rs: pending_fut_with_token_cancelled_test, pending_fut_with_owned_token_cancelled_test
test('cancellationtoken/8 a cancel while the branch waits wakes once, and the next poll gives undefined', () => {
  const token = new CancellationToken();
  const running = step(token.runUntilCancelled(new Promise(() => {})));
  expect([running.poll(), running.isWoken()]).toEqual([PENDING, false]);
  token.cancel();
  expect(running.isWoken()).toBe(true);
  expect([running.poll(), running.isWoken()]).toEqual([undefined, false]);
});

// future.rs: pending_fut_with_token_cancelled_test
test('cancellationtoken/8 a task that waits so is polled once more and no more often', async () => {
  const { host, runtime, spawn } = byHand();
  const token = new CancellationToken();
  spawn(function* () {
    yield* token.runUntilCancelled(sleep(1000));
  });
  await host.settle();
  const before = runtime.metrics().pollCount;
  token.cancel();
  await host.settle();
  expect(runtime.metrics().pollCount - before).toBe(1);
});
