import { select, sleep } from '@heddle/runtime';
import { PENDING, step } from '@heddle/runtime/testing';
import { Instant, interval } from '@heddle/runtime/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe('a sleep', () => {
  it('may be used again after it was left, and keeps its moment', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const rest = sleep(100);
      const first = yield* select({ rest, tick: sleep(60) });
      yield* rest;
      return `${first.key} ${host.now()}`;
    });
    await host.advance(100);
    expect(await outcomeOf(handle)).toBe('tick 100');
  });

  it('is not used by two at once, nor again after it has ended', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const rest = sleep(1);
      const use = function* () {
        yield* rest;
      };
      const [first, second] = [spawn(use), spawn(use)];
      yield* first;
      const third = spawn(use);
      const results = [yield* first, yield* second, yield* third];
      return results.map(({ ok }) => ok).join(' ');
    });
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('true false false');
  });

  it('that is moved while it is waited for ends at its new moment, sooner or later', async () => {
    const { host, spawn } = byHand();
    for (const [toMs, expected] of [
      [20, 'ended 20'],
      [80, 'ended 80'],
    ] as const) {
      const startMs = host.now();
      const handle = spawn(function* () {
        const start = Instant.now();
        const rest = sleep(50);
        spawn(function* () {
          yield* sleep(10);
          rest.reset(start.add(toMs));
        });
        yield* rest;
        return `ended ${host.now() - startMs}`;
      });
      await host.advance(100);
      expect(await outcomeOf(handle)).toBe(expected);
    }
  });

  it('that is reset between its moment and its poll waits for the new one', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    spawn(function* () {
      const rest = sleep(10);
      spawn(function* () {
        yield* sleep(10);
        rest.reset(Instant.now().add(10));
        lines.push(`reset ${host.now()}`);
      });
      yield* sleep(1);
      yield* rest;
      lines.push(`ended ${host.now()}`);
    });
    await host.advance(30);
    expect(lines).toEqual(['reset 10', 'ended 20']);
  });
});

describe('an interval', () => {
  it('gives each of several that wait a tick of its own', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    spawn(function* () {
      const every = interval(10);
      yield* every.tick();
      for (const name of ['a', 'b']) {
        spawn(function* () {
          yield* every.tick();
          lines.push(`${name} ${host.now()}`);
        });
      }
    });
    await host.advance(30);
    expect(lines).toEqual(['a 10', 'b 20']);
    expect(host.pendingTimers).toBe(0);
  });

  it('loses no tick to a branch that loses', async () => {
    const { host, spawn } = byHand();
    const handle = spawn(function* () {
      const every = interval(10);
      yield* every.tick();
      const first = yield* select({ tick: every.tick(), rest: sleep(5) });
      yield* every.tick();
      return `${first.key} ${host.now()}`;
    });
    await host.advance(20);
    expect(await outcomeOf(handle)).toBe('rest 10');
  });
});

describe('an instant', () => {
  it('is at no infinite distance from another', () => {
    const now = Instant.now();
    const says = (method: string) =>
      new RangeError(`instant.${method}: ms must be a finite number of milliseconds, got Infinity`);
    expect(() => now.add(Number.POSITIVE_INFINITY)).toThrow(says('add'));
    expect(() => now.sub(Number.POSITIVE_INFINITY)).toThrow(says('sub'));
  });

  it('has a first and a last moment, from which one can go on', () => {
    const first = Instant.now().sub(Number.MAX_VALUE).sub(Number.MAX_VALUE);
    const last = Instant.now().add(Number.MAX_VALUE);
    expect([first.valueOf(), last.valueOf()]).toEqual([Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
    expect(first.add(Number.MAX_VALUE) > first).toBe(true);
  });
});

describe('an interval that several wait on', () => {
  it('serves them in the order in which they began, also one who was not polled since it was due', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    spawn(function* () {
      const every = interval(20);
      yield* every.tick();
      const [early, late] = [step(every.tick()), step(every.tick())];
      lines.push(`early waits ${early.poll() === PENDING}`);
      yield* sleep(30);
      lines.push(`late waits ${late.poll() === PENDING}`, `early waits ${early.poll() === PENDING}`);
      lines.push(`late waits ${late.poll() === PENDING}`);
      yield* sleep(10);
      lines.push(`late is woken ${late.isWoken()}`, `late waits ${late.poll() === PENDING}`);
    });
    await host.advance(100);
    expect(lines).toEqual([
      'early waits true',
      'late waits true',
      'early waits false',
      'late waits true',
      'late is woken true',
      'late waits false',
    ]);
  });
});
