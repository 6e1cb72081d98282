import { type JoinHandle, spawn, yieldNow } from '@heddle/runtime';
import { type ExploredProgram, explore } from '@heddle/runtime/testing';
import fc from 'fast-check';

/** What varies from program to program: how many do something, how often, and which of them are aborted. */
export interface Shape {
  readonly tasks: number;
  readonly rounds: number;
  /** The capacity of a channel, or the permits of a semaphore. */
  readonly room: number;
  /** By number of the task, as often as they come. */
  readonly victims: readonly number[];
}

const shape: fc.Arbitrary<Shape> = fc.record({
  tasks: fc.integer({ min: 1, max: 5 }),
  rounds: fc.integer({ min: 1, max: 4 }),
  room: fc.integer({ min: 1, max: 3 }),
  victims: fc.array(fc.nat(4), { maxLength: 4 }),
});

/**
 * Explores programs of random shapes, each under schedules of its own.
 *
 * `EXPLORED=1000 npx vitest run packages/runtime/test/sync/explored` looks at ten times as many as by default.
 */
export function exploreShapes(program: (shape: Shape) => ReturnType<ExploredProgram>): void {
  const numRuns = Number(process.env.EXPLORED ?? 100);
  fc.assert(
    fc.property(shape, fc.nat(2 ** 30), (shape, firstSeed) => {
      explore(
        function* () {
          yield* program(shape);
        },
        { seeds: 20, firstSeed },
      );
    }),
    { numRuns },
  );
}

/** Aborts some of `tasks`, each at a moment that the schedule decides. */
export function abortSome(tasks: readonly JoinHandle<unknown>[], { victims }: Shape): JoinHandle<void> {
  return spawn(function* () {
    for (const victim of victims) {
      yield* yieldNow();
      tasks[victim % tasks.length]?.abort();
    }
  });
}

/** The numbers from 0 to `count`, that one not included. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
