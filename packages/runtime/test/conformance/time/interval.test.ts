import { PENDING, step } from '@heddle/runtime/testing';
import { advance, Instant, interval, intervalAt, type MissedTickBehavior } from '@heddle/runtime/time';
import { expect, test } from 'vitest';
import { onPausedClock } from './on-paused-clock.js';

/** What tokio promises of its intervals, row by row. Over each test stands its source. */

// time_interval.rs: interval_zero_duration
test('interval/1 a period of zero throws at the call', () => {
  expect(() => interval(0)).toThrow(new RangeError('interval: `period` must be non-zero.'));
  expect(() => intervalAt(Instant.now(), 0)).toThrow(
    new RangeError('intervalAt: `period` must be non-zero.'),
  );
});

// time_interval.rs: burst, of which the other two are told apart
test('interval/2 interval/3 burst gives every tick that was missed, at once', async () => {
  expect(await ticks('burst', [0, 300, 651, 0, 300, 0, 300])).toEqual([
    '0 at 0',
    '300 at 300',
    '600 at 951',
    '900 at 951',
    '1200 at 1251',
    'none at 1251',
    '1500 at 1551',
  ]);
});

// time_interval.rs: delay
test('interval/2 delay gives the late tick, and goes on a period after it was given', async () => {
  expect(await ticks('delay', [0, 300, 651, 0, 299, 1, 300, 300])).toEqual([
    '0 at 0',
    '300 at 300',
    '600 at 951',
    'none at 951',
    'none at 1250',
    '1251 at 1251',
    '1551 at 1551',
    '1851 at 1851',
  ]);
});

// time_interval.rs: skip
test('interval/3 skip gives the late tick, and goes on at the next one of the old grid', async () => {
  expect(await ticks('skip', [0, 300, 651, 0, 248, 1, 300, 300])).toEqual([
    '0 at 0',
    '300 at 300',
    '600 at 951',
    'none at 951',
    'none at 1199',
    '1200 at 1200',
    '1500 at 1500',
    '1800 at 1800',
  ]);
});

// time_interval.rs: interval_doesnt_panic_max_duration_when_polling
test.each([Number.MAX_VALUE, Number.POSITIVE_INFINITY])(
  'interval/4 an interval of %s ms ticks at once, and then waits',
  async (ms) => {
    const polls = await onPausedClock(() => {
      const every = interval(ms);
      return [step(every.tick()).poll() === PENDING, step(every.tick()).poll() === PENDING];
    });
    expect(polls).toEqual([false, true]);
  },
);

/** What a tick of an interval of 300 ms gives when it is polled after each of `steps`, moments in milliseconds. */
function ticks(behavior: MissedTickBehavior, steps: readonly number[]): Promise<string[]> {
  return onPausedClock(function* () {
    const start = Instant.now();
    const every = interval(300);
    every.setMissedTickBehavior(behavior);
    const lines: string[] = [];
    for (const ms of steps) {
      yield* advance(ms);
      const tick = step(every.tick());
      const given = tick.poll();
      tick.drop();
      lines.push(`${given === PENDING ? 'none' : given.durationSince(start)} at ${start.elapsed()}`);
    }
    return lines;
  });
}
