import {
  join,
  promised,
  select,
  setPanicHook,
  sleep,
  spawn,
  task,
  taskLocal,
  yieldNow,
} from '@heddle/runtime';
import { mpsc, Semaphore } from '@heddle/runtime/sync';
import { type ExploredProgram, type ExploreOptions, explore, ScheduleError } from '@heddle/runtime/testing';
import { advance, Instant, pause } from '@heddle/runtime/time';
import { describe, expect, test } from 'vitest';
import { byHand } from '../by-hand.js';

describe('explore finds', () => {
  test('a lost update, names its seed, and shows what threw', () => {
    const failure = failureOf(bank('reads and writes apart'));
    expect(failure.kind).toBe('panic');
    expect(failure.cause).toEqual(new Error('balance: 120'));
    expect(failure.message).toBe(
      `with seed ${failure.seed}, task 1 "program" panicked with message "balance: 120"\n\n${failure.transcript}\n`,
    );
  });

  test('no fault where there is none', () => {
    expect(explore(bank('reads and writes at once'), { seeds: 2_000 })).toMatchObject({ schedules: 2_000 });
  });

  test('a deadlock, and says who waits for what and where', () => {
    const failure = failureOf(function* () {
      const [left, right] = [new Semaphore(1), new Semaphore(1)];
      function* take(first: Semaphore, second: Semaphore) {
        const one = yield* first.acquire();
        const other = yield* second.acquire();
        other.release();
        one.release();
      }
      yield* join(
        task.builder({ name: 'ann' }).spawn(take, left, right),
        task.builder({ name: 'bob' }).spawn(take, right, left),
      );
    });
    expect(failure.kind).toBe('deadlock');
    expect(withoutLines(failure.message)).toContain(
      [
        '3 tasks wait, and nothing is left that could wake them:',
        '  task 1 "program" waits for join(handle of task 2 "ann", handle of task 3 "bob") (explore.test.ts)',
        '  task 2 "ann" waits for semaphore.acquire() (explore.test.ts)',
        '  task 3 "bob" waits for semaphore.acquire() (explore.test.ts)',
      ].join('\n'),
    );
  });

  test('a wake-up that comes between the look and the wait', () => {
    const failure = failureOf(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      let isReady = false;
      let waits = false;
      const waiter = spawn(function* () {
        yield* sleep(1);
        if (isReady) return;
        yield* sleep(1);
        waits = true;
        yield* rx.recv();
      });
      yield* sleep(1);
      isReady = true;
      if (waits) yield* tx.send('ready');
      yield* waiter;
    });
    expect(failure.kind).toBe('deadlock');
  });

  test('sleeps that end in another order than their delays, and none that ends early', () => {
    const orders = new Set<string>();
    const sleepers: ExploredProgram = function* () {
      const woken: number[] = [];
      const sleeper = (ms: number) =>
        spawn(function* () {
          yield* sleep(ms);
          woken.push(ms);
        });
      yield* join(sleeper(10), sleeper(20), sleeper(30));
      orders.add(woken.join(' '));
    };
    for (let seed = 0; seed < 500; seed += 1) {
      expect(earlyWakes(explore.replay(sleepers, seed).transcript)).toEqual([]);
    }
    expect([...orders].sort()).toEqual([
      '10 20 30',
      '10 30 20',
      '20 10 30',
      '20 30 10',
      '30 10 20',
      '30 20 10',
    ]);
  });

  test('a program that never ends', () => {
    const failure = failureOf(
      function* () {
        for (;;) yield* sleep(1);
      },
      { maxPolls: 50 },
    );
    expect([failure.kind, failure.transcript.includes('the program has not ended')]).toEqual([
      'endless',
      false,
    ]);
    expect(failure.message).toContain('the program has not ended after 50 polls');
  });

  test('the panic of a task that nobody joins, unless panics are allowed', () => {
    const program = function* () {
      const failing = spawn(function* () {
        yield* yieldNow();
        throw new Error('boom');
      });
      yield* failing;
    };
    expect(failureOf(program).message).toContain('task 2 panicked with message "boom"');
    expect(explore(program, { seeds: 50, allowPanics: true }).schedules).toBe(50);
  });

  test('what is left in a cleanup that waits for ever, after the program has ended', () => {
    const failure = failureOf(function* () {
      spawn(function* () {
        try {
          yield* sleep(1_000);
        } finally {
          yield* new Semaphore(0).acquire();
        }
      });
      yield* sleep(1);
    });
    expect(failure.kind).toBe('deadlock');
    expect(withoutLines(failure.message)).toContain('task 2 waits for semaphore.acquire() (explore.test.ts)');
    expect(failure.transcript).toContain('the program has ended, and what is left of it is aborted');
  });
});

describe('a schedule', () => {
  test('tells each poll and each step of the clock', () => {
    const { transcript, failure } = explore.replay(bank('reads and writes apart'), FAILING);
    expect(failure?.transcript).toBe(transcript);
    expect(withoutLines(transcript)).toMatchInlineSnapshot(`
      "1 task 1 "program": begins; spawns task 2, task 3; waits for join(handle of task 2, handle of task 3) (explore.test.ts)
      2 task 3: begins; is held up before semaphore.acquire() (explore.test.ts)
      3 task 2: begins; wakes task 1 "program"; ends
      4 task 3: ends
      5 task 1 "program": is held up before join(handle of task 2, handle of task 3) (explore.test.ts)
      6 task 1 "program": panics: balance: 120"
    `);
  });

  test('tells an abort from a wake', () => {
    const { transcript } = explore.replay(function* () {
      const [lock, open] = [new Semaphore(0), new Semaphore(0)];
      const left = spawn(function* () {
        yield* lock.acquire();
      });
      const woken = spawn(function* () {
        yield* open.acquire();
        left.abort();
      });
      yield* sleep(1);
      open.addPermits(1);
      yield* join(left, woken);
    }, 1);
    expect(transcript).toMatch(/task 1 "program": wakes task 3; /);
    expect(transcript).toMatch(/task 3: aborts task 2; .*ends$/m);
    expect(transcript).toMatch(/task 2: .*is cancelled$/m);
  });

  test('is the same a hundred times', () => {
    const { seed, message } = failureOf(bank('reads and writes apart'));
    for (let time = 0; time < 100; time += 1) {
      expect(explore.replay(bank('reads and writes apart'), seed).failure?.message).toBe(message);
    }
  });

  test('is another one with another seed', () => {
    const seen = new Set(
      Array.from(
        { length: 50 },
        (_, seed) => explore.replay(bank('reads and writes at once'), seed).transcript,
      ),
    );
    expect(seen.size).toBeGreaterThan(5);
  });

  test('decides with which branch a select begins', () => {
    const seen = new Set<string>();
    explore(
      function* () {
        seen.add((yield* select({ left: () => 1, right: () => 2 })).key);
      },
      { seeds: 50 },
    );
    expect([...seen].sort()).toEqual(['left', 'right']);
  });

  test('moves a clock that the program has stopped, as it moves one that goes', () => {
    explore(
      function* () {
        pause();
        const start = Instant.now();
        yield* sleep(10);
        expect(start.elapsed()).toBe(10);
        yield* advance(100);
        expect(start.elapsed()).toBe(110);
      },
      { seeds: 50 },
    );
  });

  test('leaves the task in which it is explored as it was', async () => {
    const { host, spawn: spawnByHand } = byHand();
    const around = spawnByHand(function* () {
      const before = task.id();
      explore(bank('reads and writes at once'), { seeds: 10 });
      const next = spawn(() => task.id());
      yield* yieldNow();
      return [task.id() === before, (yield* next).unwrap() === before + 1];
    });
    host.runUntilIdle();
    expect((await around).unwrap()).toEqual([true, true]);
  });

  test('aborts what the program leaves, whose cleanup runs', () => {
    let begun = 0;
    let cleaned = 0;
    explore(
      function* () {
        spawn(function* () {
          begun += 1;
          try {
            for (;;) yield* sleep(1_000);
          } finally {
            yield* sleep(5);
            cleaned += 1;
          }
        });
        yield* sleep(1);
      },
      { seeds: 20 },
    );
    expect(cleaned).toBe(begun);
    expect(begun).toBeGreaterThan(10);
  });

  test('waits for a handle and for an operation that a task returns', () => {
    explore(
      function* () {
        const given = spawn(function* () {
          return spawn(function* () {
            yield* sleep(5);
            return 'inner';
          });
        });
        const rested = spawn(function* () {
          return sleep(5);
        });
        const [inner, rest] = yield* join(given, rested);
        expect([inner.unwrap().unwrap(), rest.unwrap()]).toEqual(['inner', undefined]);
      },
      { seeds: 50 },
    );
  });

  test('drops what the cleanup of an aborted task returns, as every executor does', () => {
    const kinds = new Set<unknown>();
    explore(
      function* () {
        const forever = spawn(function* () {
          yield* sleep(Number.POSITIVE_INFINITY);
        });
        const returnsIt = (cleanupMs: number) =>
          spawn(function* () {
            try {
              yield* sleep(5);
            } finally {
              if (cleanupMs > 0) yield* sleep(cleanupMs);
              // biome-ignore lint/correctness/noUnsafeFinally: what it returns is what is looked at.
              return forever;
            }
          });
        const handles = [returnsIt(0), returnsIt(1)];
        yield* sleep(1);
        for (const handle of handles) handle.abort();
        for (const handle of handles) {
          const result = yield* handle;
          kinds.add(result.ok ? result.value : result.error.kind);
        }
      },
      { seeds: 100 },
    );
    expect([...kinds]).toEqual(['cancelled']);
  });

  test('runs plain functions and generator objects too', () => {
    explore(
      function* () {
        const [tx, rx] = mpsc.channel<number>(1);
        function* two(from: number) {
          yield* tx.send(from);
          yield* tx.send(from + 1);
        }
        spawn(two(1));
        spawn(() => two(10));
        const got: number[] = [];
        for (let taken = 0; taken < 4; taken += 1) got.push((yield* rx.recv()) ?? 0);
        expect(got.filter((value) => value < 10)).toEqual([1, 2]);
        expect(got.filter((value) => value >= 10)).toEqual([10, 11]);
      },
      { seeds: 100 },
    );
  });

  test('reports its panic nowhere else', () => {
    const reported: unknown[] = [];
    setPanicHook((info) => reported.push(info));
    try {
      failureOf(function* () {
        throw new Error('boom');
      });
    } finally {
      setPanicHook(null);
    }
    expect(reported).toEqual([]);
  });
});

describe('a program that is explored', () => {
  test('has the task-locals that were made outside of it', () => {
    const program = function* () {
      const see = (value: string) =>
        PLACE.scope(value, function* () {
          yield* sleep(1);
          return PLACE.get();
        });
      expect(yield* join(see('here'), see('there'))).toEqual(['here', 'there']);
    };
    expect(explore(program, { seeds: 50 }).schedules).toBe(50);
  });

  test('leaves what an async function does behind its first await for later', async () => {
    const lines: string[] = [];
    explore(
      function* () {
        void (async () => {
          lines.push('called');
          await sleep(0);
          lines.push('went on');
        })();
        yield* sleep(5);
        lines.push('ends');
      },
      { seeds: 1 },
    );
    expect(lines).toEqual(['called', 'ends']);
  });
});

describe('explore refuses', () => {
  test('an async task, by its name', () => {
    const program = function* () {
      yield* task.builder({ name: 'fetch' }).spawn(async () => 1);
    };
    expect(() => explore(program)).toThrow(
      /^explore: task 2 "fetch" is async, so JavaScript orders its steps/,
    );
  });

  test('a task that waits for a promise, or returns one', () => {
    expect(() =>
      explore(function* () {
        yield* promised(Promise.resolve());
      }),
    ).toThrow(/^explore: task 1 "program" waits for a promise/);
    expect(() =>
      explore(function* () {
        yield* select({ slow: sleep(10), foreign: async () => 'now' });
      }),
    ).toThrow(/^explore: task 1 "program" waits for a promise/);
    expect(() =>
      explore(function* () {
        return Promise.resolve();
      }),
    ).toThrow(/^explore: task 1 "program" is async/);
  });

  test('to show a failure that was not there when it ran the schedule again', () => {
    let runs = 0;
    expect(() =>
      explore(function* () {
        runs += 1;
        if (runs === 3) throw new Error('the third');
      }),
    ).toThrow('It depends on something besides its schedule');
  });
});

const PLACE = taskLocal<string>('explore.test PLACE');

/** A seed with which `reads and writes apart` loses an update. */
const FAILING = 39;

function bank(how: 'reads and writes apart' | 'reads and writes at once'): ExploredProgram {
  return function* () {
    const turn = new Semaphore(1);
    let balance = 100;
    function* deposit(amount: number) {
      let permit = yield* turn.acquire();
      const before = balance;
      if (how === 'reads and writes apart') {
        permit.release();
        permit = yield* turn.acquire();
      }
      balance = before + amount;
      permit.release();
    }
    yield* join(spawn(deposit, 10), spawn(deposit, 20));
    if (balance !== 130) throw new Error(`balance: ${balance}`);
  };
}

function failureOf(program: ExploredProgram, options?: ExploreOptions): ScheduleError {
  try {
    explore(program, options);
  } catch (failure) {
    if (failure instanceof ScheduleError) return failure;
    throw failure;
  }
  throw new Error('nothing was found');
}

/** The lines of a transcript in which the clock wakes a sleeping task before its time. */
function earlyWakes(transcript: string): string[] {
  const dueMs = new Map<string, number>();
  let nowMs = 0;
  return transcript.split('\n').filter((line) => {
    nowMs = Number(/clock: (\d+) ms/.exec(line)?.[1] ?? nowMs);
    const [, asleep, delayMs] = /(task \d+): .* sleep\((\d+)\)/.exec(line) ?? [];
    // A sleep is measured from its making, where its task may be held up before it.
    if (asleep !== undefined && !dueMs.has(asleep)) dueMs.set(asleep, nowMs + Number(delayMs));
    const woken = line.includes('clock') ? [...line.matchAll(/task \d+/g)].map(String) : [];
    return woken.some((name) => nowMs < (dueMs.get(name) ?? Number.POSITIVE_INFINITY));
  });
}

/** Lines move when this file is edited. */
function withoutLines(transcript: string): string {
  return transcript.replaceAll(/(explore\.test\.ts):\d+/g, '$1');
}
