import fc from 'fast-check';

/** A random program: what one task does, and the tasks that it spawns do. */
export interface Program {
  /** What drives it. */
  readonly form: 'generator' | 'async';
  readonly steps: readonly Step[];
  /** How long its `finally` waits; undefined for not at all. */
  readonly cleanupMs: number | undefined;
}

/** `which` picks among the children that were spawned so far. */
export type Step =
  | { readonly op: 'yield' | 'throw' }
  | { readonly op: 'sleep'; readonly ms: number }
  | { readonly op: 'spawn'; readonly child: Program }
  | { readonly op: 'join' | 'abort'; readonly which: number };

const ms = fc.nat(3);
const which = fc.nat(5);
const plain: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ op: 'yield' }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('sleep' as const), ms }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('join' as const), which }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('abort' as const), which }) },
  { weight: 1, arbitrary: fc.constant<Step>({ op: 'throw' }) },
);

/** Programs of tasks in `forms`, down to grandchildren. */
export function programs(...forms: Program['form'][]): fc.Arbitrary<Program> {
  const of = (steps: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<Program> =>
    fc.record({
      form: fc.constantFrom(...forms),
      steps: fc.array(steps, { maxLength }),
      cleanupMs: fc.option(ms, { nil: undefined, freq: 2 }),
    });
  const parentOf = (child: fc.Arbitrary<Program>): fc.Arbitrary<Step> =>
    fc.oneof(
      { weight: 3, arbitrary: plain },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('spawn' as const), child }) },
    );
  const grandchild = of(plain, 5);
  return of(parentOf(of(parentOf(grandchild), 6)), 8);
}

export function countTasks({ steps }: Program): number {
  return steps.reduce((count, step) => count + (step.op === 'spawn' ? countTasks(step.child) : 0), 1);
}
