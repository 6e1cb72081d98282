import { type JoinHandle, sleep, yieldNow } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('the first poll of an async body', () => {
  it('may use an operation at once, before its first await', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(async () => {
      const yielded = yieldNow().then(() => 'yielded');
      return await yielded;
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('yielded');
  });

  it('may use several operations at once, each answered in its turn', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(async () => {
      const all = [3, 1, 2].map((ms) => sleep(ms).then(() => lines.push(`slept ${ms}`)));
      await Promise.all(all);
      return lines.join(', ');
    });
    await host.advance(3);
    expect(await outcomeOf(handle)).toBe('slept 1, slept 2, slept 3');
  });

  it('keeps its value when it aborts itself and then completes', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<string> = spawn(async () => {
      handle.abort();
      return 'done';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('done');
    expect(host.pendingTimers).toBe(0);
  });

  it('keeps the value of a plain function that aborts itself, and leaves no timer', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<string> = spawn(() => {
      handle.abort();
      return 'done';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('done');
    expect(host.pendingTimers).toBe(0);
  });

  it('is told of its own abort at its next operation', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle: JoinHandle<void> = spawn(async () => {
      handle.abort();
      lines.push('still running');
      await sleep(10).then(undefined, (error: Error) => {
        lines.push(error.name);
        throw error;
      });
    });
    await host.settle();
    expect(lines).toEqual(['still running', 'AbortError']);
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('is told of its own abort in a wait that it had begun before', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle: JoinHandle<void> = spawn(async () => {
      const sleeping = sleep(10).then(undefined, (error: Error) => lines.push(error.name));
      handle.abort();
      await sleeping;
    });
    await host.settle();
    expect(lines).toEqual(['AbortError']);
    expect(await outcomeOf(handle)).toBe('cancelled');
    expect(host.pendingTimers).toBe(0);
  });

  it('leaves no timer behind when a plain function aborts itself and throws', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<void> = spawn(() => {
      handle.abort();
      throw 'boom';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('panic boom');
    expect(host.pendingTimers).toBe(0);
  });
});

describe('a later poll of an async body', () => {
  it('keeps its value when it aborts itself and then completes', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<string> = spawn(async () => {
      await yieldNow();
      handle.abort();
      return 'done';
    });
    await host.settle();
    expect(await outcomeOf(handle)).toBe('done');
  });

  it('keeps its value when it does so after a promise that is not of heddle', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<string> = spawn(async () => {
      await new Promise(setImmediate);
      handle.abort();
      return 'done';
    });
    await host.settle();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('done');
  });

  it('is cancelled when it aborts itself and then waits for a promise that is not of heddle', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<string> = spawn(async () => {
      await yieldNow();
      handle.abort();
      await new Promise(setImmediate);
      return 'done';
    });
    await host.settle();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
  });
});
