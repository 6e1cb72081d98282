import { spawnSync } from 'node:child_process';
import { JoinSet, sleep, task } from '@heddle/runtime';
import { Semaphore } from '@heddle/runtime/sync';
import { expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

it('clears the timer of a body that a shutdown abandoned', async () => {
  const { host, runtime, spawn } = byHand();
  spawn(() => {
    task.builder({ abandonAfterMs: 60_000 }).spawn(async () => {
      await sleep(1000).then(undefined, () => new Promise(() => {}));
    });
  });
  await host.settle();
  const down = runtime.shutdown({ timeoutMs: 10 });
  await host.advance(10);
  await down;
  expect([runtime.metrics().abandonedTasksCount, host.pendingTimers]).toEqual([1, 0]);
});

it('gives no permit to a generator that a shutdown abandoned', async () => {
  const { host, runtime, spawn } = byHand();
  const semaphore = new Semaphore(1);
  const permit = await semaphore.acquire();
  spawn(function* () {
    try {
      yield* sleep(1000);
    } finally {
      yield* semaphore.acquire();
    }
  });
  await host.settle();
  const down = runtime.shutdown({ timeoutMs: 10 });
  await host.advance(10);
  await down;
  permit.release();
  expect(semaphore.availablePermits()).toBe(1);
});

it('does not abandon in a JoinSet.shutdown() what was aborted before it', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  let end = (): void => {};
  const foreign = new Promise<void>((resolve) => {
    end = resolve;
  });
  const owner = spawn(function* () {
    const set = new JoinSet<void>();
    const child = set.spawn(async () => {
      await sleep(60_000).then(undefined, () => foreign);
      lines.push('the body ended');
    });
    yield* sleep(1);
    child.abort();
    yield* sleep(1);
    yield* set.shutdown();
    lines.push('the shutdown ended');
  });
  await host.advance(5000);
  expect(lines).toEqual([]);
  end();
  await host.settle();
  expect(await outcomeOf(owner)).toBe('undefined');
  expect(lines).toEqual(['the body ended', 'the shutdown ended']);
});

it('refuses what a cancelled body left behind, and lets it go on waiting for nothing', async () => {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  let fire = (): void => {};
  const handle = spawn(async () => {
    const left = new Promise<void>((resolve) => {
      fire = resolve;
    });
    void left.then(() => sleep(5)).catch((error: Error) => lines.push(error.name));
    await sleep(1000);
  });
  await host.settle();
  handle.abort();
  await host.settle();
  expect(await outcomeOf(handle)).toBe('cancelled');
  fire();
  await host.settle();
  expect(lines).toEqual(['AbortError']);
});

it('says of a task that was aborted before a shutdown what aborted it', async () => {
  const { host, runtime, spawn } = byHand();
  const handle = spawn(function* () {
    try {
      yield* sleep(1000);
    } finally {
      yield* sleep(10);
    }
  });
  await host.settle();
  handle.abort('enough');
  await host.settle();
  const down = runtime.shutdown();
  await host.advance(10);
  await down;
  expect(await handle).toMatchObject({
    error: { cause: 'enough', message: `task ${handle.id} was cancelled` },
  });
});

it('keeps no process alive for a sleep that was left, beside one that never ends', () => {
  const program = `
    import { sleep, spawn } from '@heddle/runtime';
    spawn(() => sleep(Infinity)).detach();
    const left = spawn(function* () { yield* sleep(60_000); });
    setTimeout(() => left.abort(), 5);
  `;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    timeout: 15_000,
  });
  expect(status).toBe(0);
});
