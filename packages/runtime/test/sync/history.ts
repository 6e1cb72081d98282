import type { JoinHandle } from '@heddle/runtime';
import fc from 'fast-check';
import { expect } from 'vitest';

/** What happens at one moment of a random history. `who` picks among the tasks that there are. */
export type Step<K extends string> = { readonly kind: K; readonly who: number; readonly count: number };

export function history<K extends string>(...kinds: K[]): fc.Arbitrary<Step<K>[]> {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    who: fc.nat(20),
    count: fc.integer({ min: 1, max: 5 }),
  });
  return fc.array(step, { maxLength: 60 });
}

/** Whether the tasks are generators: a hand-over between wake and run is tried in both forms. */
export const generators: fc.Arbitrary<boolean> = fc.boolean();

/** Whoever still waits has nobody behind him who does not. */
export function expectAPrefix(tasks: readonly JoinHandle<unknown>[]): void {
  const finished = tasks.map((task) => task.isFinished());
  expect(finished).toEqual([...finished].sort((a, b) => Number(b) - Number(a)));
}

export function pick<T>(from: readonly T[], who: number): T | undefined {
  return from.length === 0 ? undefined : from[who % from.length];
}

export function takeOne<T>(from: T[], who: number): T | undefined {
  return from.splice(who % (from.length + 1), 1)[0];
}
