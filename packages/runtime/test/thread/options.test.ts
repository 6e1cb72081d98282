import { type ThreadOptions, thread } from '@heddle/runtime';
import { expect, test } from 'vitest';

test.each([
  [null, TypeError, 'thread.builder: expected an object of options, got null'],
  [{ grace: 1 }, TypeError, "thread.builder: there is no option 'grace'"],
  [{ name: 1 }, TypeError, 'thread.builder: name must be a string, got 1'],
  [{ resourceLimits: 1 }, TypeError, 'thread.builder: resourceLimits must be an object, got 1'],
  [{ resourceLimits: { heap: 1 } }, TypeError, "thread.builder: resourceLimits has no 'heap'"],
  [
    { resourceLimits: { stackSizeMb: '4' } },
    TypeError,
    "thread.builder: resourceLimits.stackSizeMb must be a number of megabytes, got '4'",
  ],
  [
    { resourceLimits: { stackSizeMb: 0 } },
    RangeError,
    'thread.builder: resourceLimits.stackSizeMb must be more than zero megabytes, got 0',
  ],
  [
    { env: new Map([['A', 'b']]) },
    TypeError,
    "thread.builder: env must be an object of strings, or SHARE_ENV, got Map(1) { 'A' => 'b' }",
  ],
  [
    { env: Symbol('env') },
    TypeError,
    'thread.builder: env must be an object of strings, or SHARE_ENV, got Symbol(env)',
  ],
  [{ env: { PORT: 80 } }, TypeError, "thread.builder: env['PORT'] must be a string, got 80"],
  [
    { execArgv: '--no-warnings' },
    TypeError,
    "thread.builder: execArgv must be an array of strings, got '--no-warnings'",
  ],
  [{ execArgv: [1] }, TypeError, 'thread.builder: execArgv must be an array of strings, got [ 1 ]'],
  [{ priority: 'low' }, TypeError, "thread.builder: priority must be a whole number, got 'low'"],
  [{ priority: 20 }, RangeError, 'thread.builder: priority must be a whole number from -20 to 19, got 20'],
  [{ priority: 0.5 }, RangeError, 'thread.builder: priority must be a whole number from -20 to 19, got 0.5'],
  [{ signal: {} }, TypeError, 'thread.builder: signal must be an AbortSignal, got {}'],
  [{ timeoutMs: '1' }, TypeError, "thread.builder: timeoutMs must be a number of milliseconds, got '1'"],
  [{ timeoutMs: -1 }, RangeError, 'thread.builder: timeoutMs must be zero or more milliseconds, got -1'],
  [{ graceMs: Number.NaN }, RangeError, 'thread.builder: graceMs must be zero or more milliseconds, got NaN'],
  [{ detached: 'yes' }, TypeError, "thread.builder: detached must be a boolean, got 'yes'"],
])('thread.builder refuses %j by name', (options, Kind, message) => {
  const call = () => thread.builder(options as unknown as ThreadOptions);
  expect(call).toThrow(Kind);
  expect(call).toThrow(message);
});

test('thread.builder takes options that are absent', () => {
  expect(() => thread.builder({ resourceLimits: { stackSizeMb: 4 } })).not.toThrow();
  expect(() => thread.builder({})).not.toThrow();
});
