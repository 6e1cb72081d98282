import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lifo } from '../../../../examples/src/who-decides/lifo.js';
import { seededRandom } from '../../../src/base/seeded-random.js';
import { fair } from '../../../src/scheduler/fair.js';
import { fifo } from '../../../src/scheduler/fifo.js';
import { lottery } from '../../../src/scheduler/lottery.js';
import type { ListedPolicy, Policy } from '../../../src/scheduler/policy.js';
import { AGEING, priority } from '../../../src/scheduler/priority.js';
import { deadline } from '../../runtime/own-policies/deadline.js';
import { type Known, popAll, readyTask } from './ready-tasks.js';

const ours: readonly (readonly [string, () => ListedPolicy])[] = [
  ['fifo', fifo],
  ['priority', priority],
  ['fair', fair],
  ['lottery', () => lottery(seededRandom(1))],
];
const all: readonly (readonly [string, () => Policy])[] = [
  ...ours,
  ['lifo, of the documentation', lifo],
  ['deadline, of the documentation', deadline],
];

/** What a random program does to a policy. The numbers are those of the task that is pushed. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('push' as const),
    priority: fc.integer({ min: -3, max: 3 }),
    tickets: fc.integer({ min: 1, max: 5 }),
    deadlineMs: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({ do: fc.constant('pop' as const), usedMs: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('pop and push again' as const), usedMs: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('remove' as const), at: fc.nat(20) }),
);

describe.each(all)('the policy %s', (_, make) => {
  test('loses no task and gives none twice, whatever is pushed, popped and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const policy = make();
        const inside = new Set<Known>();
        const all: Known[] = [];
        for (const each of steps) {
          if (each.do === 'push') {
            const task = readyTask(all.length + 1, each);
            all.push(task);
            policy.push(task);
            inside.add(task);
          } else if (each.do === 'remove') {
            const task = all[each.at % Math.max(all.length, 1)] ?? readyTask(0);
            expect(policy.remove(task)).toBe(inside.delete(task));
          } else {
            const task = policy.pop() as Known | undefined;
            expect(task === undefined).toBe(inside.size === 0);
            if (task === undefined) continue;
            expect(inside.delete(task)).toBe(true);
            task.usedMs += each.usedMs;
            if (each.do === 'pop') continue;
            policy.push(task);
            inside.add(task);
          }
          expect(policy.size).toBe(inside.size);
        }
        expect(popAll(policy).sort()).toEqual([...inside].map(({ id }) => id).sort());
      }),
    );
  });
});

describe.each(ours)('our policy %s', (_, make) => {
  it('lists its tasks in the order in which they came, and keeps them', () => {
    const policy = make();
    const tasks = [3, 1, 2].map((id) => readyTask(id, { priority: id }));
    for (const task of tasks) policy.push(task);
    expect([...policy]).toEqual(tasks);
    expect(policy.remove(tasks[1] as Known)).toBe(true);
    expect([...policy]).toEqual([tasks[0], tasks[2]]);
    expect(popAll(policy).sort()).toEqual([2, 3]);
  });
});

/**
 * How many polls a task waits that is ready among `crowd`, of which each is ready again after its poll. With
 * `newcomer` there is a chain beside them: each link ends in its first poll, and spawns the next one.
 */
function pollsUntil(
  policy: Policy,
  task: Known,
  crowd: readonly Known[],
  costMs: number,
  newcomer?: Partial<Known>,
): number {
  for (const other of crowd) policy.push(other);
  const chain = new Set<Known>();
  const spawnLink = (id: number): void => {
    const link = readyTask(id, newcomer);
    chain.add(link);
    policy.push(link);
  };
  if (newcomer !== undefined) spawnLink(1_000);
  policy.push(task);
  for (let polls = 0; polls < 100_000; polls += 1) {
    const next = policy.pop() as Known;
    if (next === task) return polls;
    next.usedMs += costMs;
    if (chain.delete(next)) spawnLink(next.id + 1);
    else policy.push(next);
  }
  return Number.POSITIVE_INFINITY;
}

const crowdOf = (size: number, known: Partial<Known> = {}) =>
  Array.from({ length: size }, (_, at) => readyTask(at + 1, known));

describe('how long a task may wait', () => {
  test('under fifo: for those that were ready before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (others) => {
        expect(pollsUntil(fifo(), readyTask(999), crowdOf(others), 1)).toBe(others);
      }),
    );
  });

  test('under priority: for those that are ready within 64 polls for each level between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: -5, max: 5 }),
        (others, low, high) => {
          const polls = pollsUntil(
            priority(),
            readyTask(999, { priority: low }),
            crowdOf(others, { priority: high }),
            1,
          );
          expect(polls).toBeLessThanOrEqual(others + Math.max(high - low, 0) * AGEING + others);
        },
      ),
    );
  });

  test('under priority: a stream of newcomers that are more urgent does not keep it for ever', () => {
    const polls = pollsUntil(priority(), readyTask(999, { priority: 0 }), crowdOf(1, { priority: 3 }), 1, {
      priority: 3,
    });
    expect(polls).toBeLessThanOrEqual(3 * AGEING + 3);
    expect(polls).toBeGreaterThan(AGEING);
  });

  test('under fair: until the others have had as much, a poll counting for a microsecond at least', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 50 }),
        fc.constantFrom(0, 0.01, 1),
        fc.boolean(),
        (others, leadMs, costMs, newcomers) => {
          const policy = fair();
          const task = readyTask(999);
          policy.push(task);
          policy.pop();
          // It is ahead by what it has used.
          task.usedMs = leadMs / 100;
          const polls = pollsUntil(policy, task, crowdOf(others), costMs, newcomers ? {} : undefined);
          const aPollMs = Math.max(costMs, 0.001);
          const leadsMs = Math.max(task.usedMs, 0.001);
          const ready = others + 2;
          expect(polls * aPollMs).toBeLessThanOrEqual((2 * leadsMs + aPollMs) * (ready + 1));
        },
      ),
    );
  });

  test('under lottery: never certain, and as likely as its tickets say', () => {
    const policy = lottery(seededRandom(7));
    const drawn = [0, 0, 0];
    for (const [id, tickets] of [1, 2, 7].entries()) policy.push(readyTask(id, { tickets }));
    const DRAWS = 100_000;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const task = policy.pop() as Known;
      drawn[task.id] = (drawn[task.id] as number) + 1;
      policy.push(task);
    }
    expect(drawn.map((count) => Math.round((count / DRAWS) * 100) / 10)).toEqual([1, 2, 7]);
  });
});

describe('fair', () => {
  it('gives tasks the thread for equal times, however long their polls are', () => {
    const policy = fair();
    const tasks = [readyTask(1), readyTask(2), readyTask(3)];
    for (const task of tasks) policy.push(task);
    for (let poll = 0; poll < 3_000; poll += 1) {
      const task = policy.pop() as Known;
      task.usedMs += task.id;
      policy.push(task);
    }
    const used = tasks.map(({ usedMs }) => usedMs);
    expect(Math.max(...used) - Math.min(...used)).toBeLessThanOrEqual(3);
  });

  it('lets who has slept neither catch up nor pay for it', () => {
    const policy = fair();
    const [sleeper, worker] = [readyTask(1), readyTask(2)];
    policy.push(sleeper);
    policy.push(worker);
    policy.pop();
    for (let poll = 0; poll < 100; poll += 1) {
      const task = policy.pop() as Known;
      task.usedMs += 1;
      policy.push(task);
    }
    policy.push(sleeper);
    const order: number[] = [];
    for (let poll = 0; poll < 10; poll += 1) {
      const task = policy.pop() as Known;
      order.push(task.id);
      task.usedMs += 1;
      policy.push(task);
    }
    expect(order.filter((id) => id === 1).length).toBeGreaterThanOrEqual(4);
    expect(order.filter((id) => id === 2).length).toBeGreaterThanOrEqual(4);
  });
});
