import {
  type JoinHandle,
  type Op,
  type spawn as Spawn,
  select,
  shielded,
  sleep,
  task,
  timeout,
} from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const forms = ['generator', 'async'] as const;
type Form = (typeof forms)[number];

/** A task of either form that waits for each operation in turn, then cleans up with one more. */
function inTurn(
  spawn: typeof Spawn,
  form: Form,
  steps: readonly (() => Op<unknown>)[],
  cleanup?: () => Op<unknown>,
): JoinHandle<string> {
  if (form === 'async') {
    return spawn(async () => {
      try {
        for (const step of steps) await step();
      } finally {
        if (cleanup !== undefined) await cleanup();
      }
      return 'ended';
    });
  }
  return spawn(function* () {
    try {
      for (const step of steps) yield* step();
    } finally {
      if (cleanup !== undefined) yield* cleanup();
    }
    return 'ended';
  });
}

describe.each(places)('shielded in %s', (place) => {
  it('gives what the function gives, whatever form it has, and throws what it throws', async () => {
    const { host, wait, endsAfter } = scene();
    const ends = [
      wait(place, () => shielded(() => 'plain')),
      wait(place, () => shielded(async () => await endsAfter(1, 'async').unwrap())),
      wait(place, () =>
        shielded(function* () {
          return yield* endsAfter(1, 'generator').unwrap();
        }),
      ),
      wait(place, () =>
        shielded(async () => {
          await endsAfter(1, 0);
          throw 'boom';
        }),
      ),
    ];
    await host.advance(1);
    expect(await Promise.all(ends)).toEqual([
      { value: 'plain' },
      { value: 'async' },
      { value: 'generator' },
      { thrown: 'boom' },
    ]);
  });
});

describe.each(forms)('shielded in an aborted %s task', (form) => {
  /** A step in the form of its task. In a generator task an async function belongs to no task after its first await. */
  const steps = (...made: readonly (() => Op<unknown> | undefined)[]) =>
    form === 'async'
      ? async () => {
          for (const make of made) await make();
        }
      : function* () {
          for (const make of made) {
            const step = make();
            if (step !== undefined) yield* step;
          }
        };
  const slow = (lines: string[], now: () => number) => () =>
    shielded(
      steps(
        () => sleep(3),
        () => void lines.push(`shielded until ${now()}, aborted: ${task.isAborted()}`),
        () => sleep(3),
        () => void lines.push(`shielded until ${now()}`),
      ),
    );

  it('goes on, and the task hears of the abort right after it', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = inTurn(spawn, form, [slow(lines, () => host.now()), () => sleep(1000)]);
    await host.advance(1);
    handle.abort();
    await host.advance(4);
    expect(handle.isFinished()).toBe(false);
    await host.advance(1);
    expect(lines).toEqual(['shielded until 3, aborted: true', 'shielded until 6']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('lets a cleanup wait that begins after the abort', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = inTurn(
      spawn,
      form,
      [() => sleep(1000)],
      slow(lines, () => host.now()),
    );
    await host.settle();
    handle.abort();
    await host.advance(6);
    expect(lines).toEqual(['shielded until 3, aborted: true', 'shielded until 6']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('may stand in itself: the abort waits for the outermost', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = inTurn(spawn, form, [
      () =>
        shielded(
          steps(
            () => shielded(() => sleep(2)),
            () => void lines.push(`inner ended at ${host.now()}`),
            () => sleep(2),
            () => void lines.push(`outer ended at ${host.now()}`),
          ),
        ),
      () => sleep(1000),
    ]);
    await host.advance(1);
    handle.abort();
    await host.advance(3);
    expect(lines).toEqual(['inner ended at 2', 'outer ended at 4']);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('is a panic if it throws', async () => {
    const { host, spawn } = byHand();
    const handle = inTurn(spawn, form, [() => sleep(1000)], () =>
      shielded(async () => {
        await sleep(1);
        throw new Error('cleanup');
      }),
    );
    await host.settle();
    handle.abort();
    await host.advance(1);
    expect(await outcomeOf(handle)).toBe('panic cleanup');
  });

  it('fires `task.signal` all the same', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = inTurn(spawn, form, [
      () =>
        shielded(async () => {
          task.signal.addEventListener('abort', () => lines.push('fired'));
          await sleep(2);
          lines.push('went on');
        }),
      () => sleep(1000),
    ]);
    await host.advance(1);
    handle.abort();
    await host.advance(1);
    expect([lines, await outcomeOf(handle)]).toEqual([['fired', 'went on'], 'cancelled']);
  });
});

describe('shielded', () => {
  it('shields from aborts only: a select or a timeout leaves it like any other branch', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const work = () =>
      shielded(function* () {
        try {
          yield* sleep(1000);
        } finally {
          lines.push('left');
        }
      });
    const handle = spawn(function* () {
      const first = yield* select({ work: work(), tick: sleep(1) });
      const second = yield* timeout(1, work());
      return `${first.key} ${second.ok}`;
    });
    await host.advance(2);
    expect([await outcomeOf(handle), lines]).toEqual(['tick false', ['left', 'left']]);
    expect(host.pendingTimers).toBe(0);
  });
});
