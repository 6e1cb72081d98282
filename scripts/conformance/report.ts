import { readFileSync } from 'node:fs';

/** A test of the suite, as a run of it tells. */
export interface RunTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** The decision that it gives as the reason of its deviation. */
  readonly deviates?: string;
}

/**
 * Reads what vitest's own JSON reporter wrote, of a run of the suite alone or of all tests.
 *
 * A file that did not load is a test that failed: its rows would otherwise be missing for no visible reason.
 */
export function readReport(file: string): readonly RunTest[] {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return testResults
    .filter(({ name }) => name.replaceAll('\\', '/').includes(SUITE))
    .flatMap(({ name, status, message, assertionResults }) => [
      ...(status === 'failed' && assertionResults.length === 0
        ? [{ title: `${name}: ${message}`, state: 'failed' as const }]
        : []),
      ...assertionResults.map(testOf),
    ]);
}

/** Where the suite is, as a part of the path of each of its files. */
export const SUITE = 'packages/runtime/test/conformance/';

function testOf({ title, status, meta }: Assertion): RunTest {
  const state = status === 'passed' || status === 'failed' ? status : 'skipped';
  return meta?.deviates === undefined ? { title, state } : { title, state, deviates: meta.deviates };
}

/** The part of vitest's report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

interface Assertion {
  readonly title: string;
  readonly status: string;
  readonly meta?: { readonly deviates?: string };
}
