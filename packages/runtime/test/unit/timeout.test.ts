import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTimeout } from '../../src/base/timeout.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LONG_MS = 2 ** 31 + 5;

test.each([0, 1, 50, LONG_MS])('fires once, %d ms from now', (delayMs) => {
  const fire = vi.fn();
  startTimeout(delayMs, fire);
  if (delayMs > 0) vi.advanceTimersByTime(delayMs - 1);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fire).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('never fires when it is to be never', () => {
  const fire = vi.fn();
  startTimeout(Number.POSITIVE_INFINITY, fire);
  vi.advanceTimersByTime(3 * LONG_MS);
  expect(fire).not.toHaveBeenCalled();
});

test('does not fire when it was cancelled, in whichever piece of it', () => {
  const fire = vi.fn();
  const cancel = startTimeout(LONG_MS, fire);
  vi.advanceTimersByTime(LONG_MS - 1);
  cancel();
  vi.advanceTimersByTime(LONG_MS);
  expect(fire).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
