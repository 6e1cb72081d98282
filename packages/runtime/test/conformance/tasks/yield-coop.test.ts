import { consumeBudget, hasBudgetRemaining, yieldNow } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { PENDING, step } from '@heddle/runtime/testing';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

/** What tokio promises of giving way, row by row. Over each test stands its source. */

// task_yield_now.rs: yield_now_outside_of_runtime
test('yield-coop/1 outside any runtime yieldNow() is pending once, wakes at once, and is ready at the next poll', async () => {
  const yielding = step(
    (function* () {
      yield* yieldNow();
    })(),
  );
  expect([yielding.poll(), yielding.isWoken()]).toEqual([PENDING, true]);
  expect([yielding.poll(), yielding.isWoken()]).toEqual([undefined, false]);
  await yieldNow();
});

// coop_budget.rs: test_has_budget_remaining
test('yield-coop/2 a task begins with a budget, and has none left after it has consumed 128 units', async () => {
  const { host, spawn } = byHand();
  const handle = spawn(function* () {
    const before = hasBudgetRemaining();
    for (let unit = 0; unit < 127; unit += 1) yield* consumeBudget();
    const within = hasBudgetRemaining();
    yield* consumeBudget();
    return [before, within, hasBudgetRemaining()];
  });
  await host.settle();
  expect((await handle).unwrap()).toEqual([true, true, false]);
});

// coop_budget.rs: test_has_budget_remaining, by any operation
test('yield-coop/2 a poll has 128 units: the operation after those gives way though it is ready', async () => {
  const { host, runtime, spawn } = byHand();
  const semaphore = new Semaphore(1000);
  const polls: number[] = [];
  const handle = spawn(function* () {
    for (let unit = 1; unit <= 2 * 128 + 1; unit += 1) {
      yield* semaphore.acquire();
      polls.push(runtime.metrics().pollCount);
    }
  });
  await host.settle();
  const [first] = polls as [number];
  expect((await handle).ok).toBe(true);
  expect(polls).toEqual(polls.map((_, unit) => first + Math.floor(unit / 128)));
});
