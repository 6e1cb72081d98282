import { type JoinHandle, type Scope, scope, sleep, timeout } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf, silencePanics } from '../by-hand.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const bodies = ['generator', 'async'] as const;

/** A scope with a child, whose body and child clean up for some milliseconds, in a task of its own. */
function scopeInTask(kind: (typeof bodies)[number]) {
  const { host, spawn } = byHand();
  const lines: string[] = [];
  const cleansUp = function* (name: string, ms: number) {
    try {
      yield* sleep(1000);
    } finally {
      yield* sleep(ms);
      lines.push(`${name} left at ${host.now()}`);
    }
  };
  const body =
    kind === 'generator'
      ? function* (s: Scope) {
          s.spawn(cleansUp, 'child', 4);
          yield* cleansUp('body', 2);
        }
      : async (s: Scope) => {
          s.spawn(cleansUp, 'child', 4);
          try {
            await sleep(1000);
          } finally {
            lines.push(`body left at ${host.now()}`);
          }
        };
  const handle = spawn(function* () {
    try {
      yield* scope<unknown>(body);
    } finally {
      lines.push(`scope left at ${host.now()}`);
    }
  });
  return { host, lines, handle };
}

describe.each(bodies)('an abort of a scope with a body that is %s', (kind) => {
  it('ends the body and the children, and ends when none is alive', async () => {
    const { host, lines, handle } = scopeInTask(kind);
    await host.advance(1);
    handle.abort();
    await host.advance(3);
    expect(handle.isFinished()).toBe(false);
    await host.advance(1);
    expect(lines).toEqual([
      `body left at ${kind === 'generator' ? 3 : 1}`,
      'child left at 5',
      'scope left at 5',
    ]);
    expect([await outcomeOf(handle), host.pendingTimers]).toEqual(['cancelled', 0]);
  });

  it('is the same when the scope loses a timeout', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const child = function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(3);
        lines.push(`child left at ${host.now()}`);
      }
    };
    const body =
      kind === 'generator'
        ? function* (s: Scope) {
            yield* s.spawn(child);
          }
        : async (s: Scope) => {
            await s.spawn(child);
          };
    const handle = spawn(async () => (await timeout(2, scope<unknown>(body))).ok);
    await host.advance(5);
    expect([await outcomeOf(handle), lines]).toEqual(['false', ['child left at 5']]);
    expect(host.pendingTimers).toBe(0);
  });
});

describe('an abort of a scope', () => {
  it('abandons nobody, however long a child takes', async () => {
    const { host, spawn } = byHand();
    let end: () => void = () => undefined;
    const handle = spawn(function* () {
      yield* scope((s) => {
        s.spawn(
          () =>
            new Promise<void>((resolve) => {
              end = resolve;
            }),
        );
      });
    });
    await host.settle();
    handle.abort();
    await host.advance(1_000_000);
    expect(handle.isFinished()).toBe(false);
    end();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('is a panic when the cleanup of its generator body throws', async () => {
    const { host, spawn } = byHand();
    const handle: JoinHandle<void> = spawn(function* () {
      yield* scope(function* () {
        try {
          yield* sleep(1000);
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
          throw new Error('cleanup');
        }
      });
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect(await outcomeOf(handle)).toBe('panic cleanup');
    expect(silencePanics.reported).toHaveLength(1);
  });

  it('aborts a child that the body spawns while it ends', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle = spawn(function* () {
      yield* scope(function* (s) {
        try {
          yield* sleep(1000);
        } finally {
          s.spawn(function* () {
            lines.push('unreachable');
            yield* sleep(1000);
          });
        }
      });
    });
    await host.settle();
    handle.abort();
    await host.settle();
    expect([await outcomeOf(handle), lines, host.pendingTimers]).toEqual(['cancelled', [], 0]);
  });
});
