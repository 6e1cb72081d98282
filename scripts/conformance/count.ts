import type { Row } from './behaviours.js';
import type { RunTest } from './report.js';

/** What became of one row. */
type RowState =
  | { readonly kind: 'held' }
  | { readonly kind: 'deviating'; readonly reasons: readonly string[] }
  | { readonly kind: 'failed' }
  | { readonly kind: 'missing' };

/** The rows with what became of them, and everything for which the command ends with 1. */
export interface Count {
  readonly rows: readonly (Row & { readonly state: RowState })[];
  /** Sentences, each about one thing that is wrong. */
  readonly faults: readonly string[];
}

/** Of the rows of P1, so many in a hundred may be missing; fewer, to be exact. */
const P1_MISSING_PERCENT = 2;

/**
 * Holds the tests of a run against the rows that are listed.
 *
 * A row is held when a test that names it passed and none failed, and deviates when one of these says so. What
 * a skipped test names is missing. A deviation is only what `decided` lists.
 */
export function count(
  rows: readonly Row[],
  tests: readonly RunTest[],
  decided: Readonly<Record<string, string>>,
): Count {
  const faults: string[] = [];
  const named = new Map<string, RunTest[]>(rows.map(({ name }) => [name, []]));
  for (const test of tests) {
    if (test.state === 'failed') faults.push(`failed: ${test.title}`);
    if (test.deviates !== undefined && !Object.hasOwn(decided, test.deviates))
      faults.push(`deviates for a reason that nobody decided (${test.deviates}): ${test.title}`);
    for (const name of namesIn(test.title)) {
      const tests = named.get(name);
      if (tests === undefined) faults.push(`names a row that is not listed: ${test.title}`);
      else tests.push(test);
    }
  }
  const counted = rows.map((row) => ({ ...row, state: stateOf(named.get(row.name) ?? [], decided) }));
  return { rows: counted, faults: [...faults, ...tooManyMissing(counted)] };
}

/** The names of rows that a title begins with: `mpsc/3 mpsc/4 closes once` has two. */
export function namesIn(title: string): readonly string[] {
  const names = /^(?:[a-z0-9-]+\/\d+(?:\s+|$))*/.exec(title)?.[0].trim();
  return names === undefined || names === '' ? [] : names.split(/\s+/);
}

function stateOf(tests: readonly RunTest[], decided: Readonly<Record<string, string>>): RowState {
  if (tests.some(({ state }) => state === 'failed')) return { kind: 'failed' };
  const passed = tests.filter(({ state }) => state === 'passed');
  if (passed.length === 0) return { kind: 'missing' };
  const decisions = new Set(passed.flatMap(({ deviates }) => deviates ?? []));
  if (decisions.size === 0) return { kind: 'held' };
  return { kind: 'deviating', reasons: [...decisions].map((decision) => decided[decision] ?? decision) };
}

function tooManyMissing(rows: Count['rows']): readonly string[] {
  const missing = (priority: string): number =>
    rows.filter((row) => row.priority === priority && row.state.kind === 'missing').length;
  const listed = rows.filter(({ priority }) => priority === 'P1').length;
  const [p0, p1] = [missing('P0'), missing('P1')];
  return [
    ...(p0 > 0 ? [`${p0} of P0 missing`] : []),
    ...(p1 > 0 && p1 * 100 >= listed * P1_MISSING_PERCENT
      ? [`${p1} of ${listed} of P1 missing, which is not under ${P1_MISSING_PERCENT} %`]
      : []),
  ];
}
