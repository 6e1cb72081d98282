import type { DECIDED } from './decided.js';

/** The names of the decisions that a conformance test may give as its reason. */
export type Decision = keyof typeof DECIDED;

declare module 'vitest' {
  interface TaskMeta {
    deviates?: Decision;
  }
}

/**
 * Says that the test it is called in holds what this library decided where tokio or std decide otherwise.
 *
 * The decision is one of the list in `decided.ts`: a deviation that nobody decided does not compile. `pnpm
 * conformance` reads it from the test's report.
 */
export function deviates(test: { readonly meta: { deviates?: Decision } }, decision: Decision): void {
  test.meta.deviates = decision;
}
