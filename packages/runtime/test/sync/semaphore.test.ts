import { setPanicHook, yieldNow } from '@heddle/runtime';
import { Semaphore, type SemaphorePermit } from '@heddle/runtime/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';
import { refusingRuntime } from './refusing-policy.js';

beforeAll(() => setPanicHook(() => {}));
afterAll(() => setPanicHook(null));

describe('a semaphore', () => {
  test('begins with no permits if it is told to, and lets one through for each that is added', () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(0);
    const lines: string[] = [];
    expect(semaphore.tryAcquire()).toMatchObject({ ok: false, error: 'no permits' });
    for (const name of ['a', 'b']) {
      spawn(function* () {
        yield* semaphore.acquire();
        lines.push(name);
      });
    }
    host.runUntilIdle();
    expect(lines).toEqual([]);
    semaphore.addPermits(1);
    host.runUntilIdle();
    expect(lines).toEqual(['a']);
    semaphore.addPermits(2);
    host.runUntilIdle();
    expect([lines, semaphore.availablePermits()]).toEqual([['a', 'b'], 1]);
  });

  test('counts what is taken at once and what is given back', async () => {
    const semaphore = new Semaphore(100);
    const one = await semaphore.acquire();
    const many = await semaphore.acquireMany(50);
    const tried = semaphore.tryAcquireMany(49).unwrap();
    const none = await semaphore.acquireMany(0);
    expect([one, many, tried, none].map((permit) => permit.numPermits())).toEqual([1, 50, 49, 0]);
    expect(semaphore.availablePermits()).toBe(0);
    for (const permit of [one, many, tried, none]) permit.release();
    expect(semaphore.availablePermits()).toBe(100);
  });

  test('tryAcquire takes all or nothing', () => {
    const semaphore = new Semaphore(3);
    expect(semaphore.tryAcquireMany(4)).toMatchObject({ error: 'no permits' });
    expect(semaphore.availablePermits()).toBe(3);
    expect(semaphore.tryAcquireMany(3)).toMatchObject({ ok: true });
    expect(semaphore.tryAcquire()).toMatchObject({ error: 'no permits' });
  });

  test('who needs many collects what is free, and nobody behind overtakes', async () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(4);
    const lines: string[] = [];
    const [five, three] = [5, 3].map((count) =>
      spawn(function* () {
        const permit = yield* semaphore.acquireMany(count);
        lines.push(`${permit.numPermits()}`);
      }),
    );
    host.runUntilIdle();
    expect([semaphore.availablePermits(), lines]).toEqual([0, []]);
    expect(semaphore.tryAcquire()).toMatchObject({ error: 'no permits' });
    semaphore.addPermits(1);
    host.runUntilIdle();
    expect(lines).toEqual(['5']);
    semaphore.addPermits(2);
    host.runUntilIdle();
    expect(lines).toEqual(['5']);
    semaphore.addPermits(1);
    host.runUntilIdle();
    expect([lines, semaphore.availablePermits(), five?.isFinished(), three?.isFinished()]).toEqual([
      ['5', '3'],
      0,
      true,
      true,
    ]);
  });

  test('what a waiting task had collected goes on when it is aborted', () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(6);
    const lines: string[] = [];
    const eight = spawn(function* () {
      yield* semaphore.acquireMany(8);
    });
    spawn(function* () {
      yield* semaphore.acquireMany(5);
      lines.push('5');
    });
    host.runUntilIdle();
    expect([semaphore.availablePermits(), lines]).toEqual([0, []]);
    eight.abort();
    host.runUntilIdle();
    expect([semaphore.availablePermits(), lines]).toEqual([1, ['5']]);
  });

  test('a permit that was handed to a task which is aborted before it runs goes to the next', async () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(0);
    const handed = spawn(async () => await semaphore.acquire());
    const next = spawn(function* () {
      yield* semaphore.acquire();
      return 'next';
    });
    await host.settle();
    semaphore.addPermits(1);
    handed.abort();
    await host.settle();
    expect([await outcomeOf(handed), await outcomeOf(next)]).toEqual(['cancelled', 'next']);
    expect(semaphore.availablePermits()).toBe(0);
  });

  test('lets a thousand tasks through five permits and has five at the end', () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(5);
    let inside = 0;
    let most = 0;
    for (let n = 0; n < 1000; n += 1) {
      spawn(function* () {
        const permit = yield* semaphore.acquire();
        inside += 1;
        most = Math.max(most, inside);
        yield* yieldNow();
        inside -= 1;
        permit.release();
      });
    }
    host.runUntilIdle();
    expect([most, inside, semaphore.availablePermits()]).toEqual([5, 0, 5]);
  });

  test('closed, it refuses who waits and who comes, and still takes back', async () => {
    const { host, spawn } = byHand();
    const semaphore = new Semaphore(2);
    const held = semaphore.tryAcquire().unwrap();
    const waiting = spawn(() => semaphore.acquireMany(2));
    const handed = spawn(() => semaphore.acquire());
    await host.settle();
    semaphore.close();
    semaphore.close();
    await host.settle();
    expect([semaphore.isClosed(), await outcomeOf(waiting), await outcomeOf(handed)]).toEqual([
      true,
      'panic semaphore.acquireMany(2): the semaphore is closed',
      'panic semaphore.acquire(): the semaphore is closed',
    ]);
    expect(semaphore.tryAcquire()).toMatchObject({ error: 'closed' });
    await expect(semaphore.acquire()).rejects.toMatchObject({
      name: 'SemaphoreClosed',
      code: 'ERR_SEMAPHORE_CLOSED',
    });
    held.release();
    expect(semaphore.availablePermits()).toBe(2);
  });

  test('a permit given back twice counts once; a forgotten one never comes back', () => {
    const semaphore = new Semaphore(3);
    const permits: SemaphorePermit[] = [1, 1, 1].map((count) => semaphore.tryAcquireMany(count).unwrap());
    permits[0]?.release();
    permits[0]?.release();
    permits[0]?.[Symbol.dispose]();
    expect(semaphore.availablePermits()).toBe(1);
    permits[1]?.forget();
    permits[1]?.release();
    expect(semaphore.availablePermits()).toBe(1);
    permits[2]?.[Symbol.dispose]();
    expect([semaphore.availablePermits(), permits[2]?.numPermits()]).toEqual([2, 0]);
  });

  test('permits are merged and split, and each part is given back once', () => {
    const semaphore = new Semaphore(10);
    const permit = semaphore.tryAcquireMany(4).unwrap();
    const other = semaphore.tryAcquireMany(3).unwrap();
    permit.merge(other);
    expect([permit.numPermits(), other.numPermits()]).toEqual([7, 0]);
    permit.merge(permit);
    expect(permit.numPermits()).toBe(7);
    expect([permit.split(8), permit.split(0)?.numPermits()]).toEqual([undefined, 0]);
    const five = permit.split(5);
    expect([permit.numPermits(), five?.numPermits()]).toEqual([2, 5]);
    other.release();
    five?.release();
    five?.release();
    expect(semaphore.availablePermits()).toBe(8);
    permit.release();
    expect(semaphore.availablePermits()).toBe(10);
  });

  test('permits of another semaphore are not merged, and stay what they are', () => {
    const [permit, foreign] = [new Semaphore(1), new Semaphore(2)].map((semaphore) =>
      semaphore.tryAcquire().unwrap(),
    ) as [SemaphorePermit, SemaphorePermit];
    const expected = 'semaphorePermit.merge: expected a permit of the same semaphore, got';
    expect(() => permit.merge(foreign)).toThrow(new TypeError(`${expected} one of another`));
    expect(() => permit.merge({} as SemaphorePermit)).toThrow(new TypeError(`${expected} {}`));
    expect([permit.numPermits(), foreign.numPermits()]).toEqual([1, 1]);
    expect(() => permit.split(-1)).toThrow(
      new RangeError('semaphorePermit.split: count must be a whole number from 0 to 2147483647, got -1'),
    );
  });

  test('a wake that throws loses none of the permits that are given back', () => {
    const { host, spawn, refuse } = refusingRuntime();
    const semaphore = new Semaphore(0);
    const waiting = () =>
      spawn(function* () {
        yield* semaphore.acquire();
      });
    const tasks = [waiting(), waiting()] as const;
    host.runUntilIdle();
    refuse(tasks[0]);
    expect(() => semaphore.addPermits(3)).toThrow('not in my queue');
    host.runUntilIdle();
    expect(tasks.map((task) => task.isFinished())).toEqual([true, true]);
    expect(semaphore.availablePermits()).toBe(1);
  });

  test('forgetPermits takes what is free and says how many', () => {
    const semaphore = new Semaphore(3);
    expect([semaphore.forgetPermits(2), semaphore.forgetPermits(2), semaphore.availablePermits()]).toEqual([
      2, 1, 0,
    ]);
  });

  test('says what it got when it is given something else than it takes', () => {
    const semaphore = new Semaphore(1);
    const range = 'must be a whole number from 0 to 2147483647, got';
    expect(() => new Semaphore(-1)).toThrow(new RangeError(`Semaphore: permits ${range} -1`));
    expect(() => new Semaphore(Semaphore.MAX_PERMITS + 1)).toThrow(
      new RangeError(`Semaphore: permits ${range} 2147483648`),
    );
    expect(() => new Semaphore(Number.NaN)).toThrow(new RangeError(`Semaphore: permits ${range} NaN`));
    expect(() => new Semaphore('1' as unknown as number)).toThrow(
      new TypeError("Semaphore: permits must be a whole number, got '1'"),
    );
    expect(() => semaphore.acquireMany(1.5)).toThrow(
      new RangeError(`semaphore.acquireMany: count ${range} 1.5`),
    );
    expect(() => semaphore.tryAcquireMany(-1)).toThrow(
      new RangeError(`semaphore.tryAcquireMany: count ${range} -1`),
    );
    expect(() => semaphore.addPermits(-1)).toThrow(new RangeError(`semaphore.addPermits: count ${range} -1`));
    expect(() => semaphore.forgetPermits(-1)).toThrow(
      new RangeError(`semaphore.forgetPermits: count ${range} -1`),
    );
    expect(() => semaphore.addPermits(2 ** 31 - 1)).toThrow(
      new RangeError('semaphore.addPermits: 2147483647 more than the 1 free permits are over 2147483647'),
    );
  });
});
