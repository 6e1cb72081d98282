/**
 * Which behaviours of tokio and std are held, which deviate on purpose, and which have no test yet.
 *
 * `behaviours/*.md` lists them, the titles of the tests name them, and `decided.ts` has the reasons. Ends with 1
 * when a test fails, names what is not listed or deviates for no reason, when a row of P0 is missing, or when 2 %
 * of P1 are. `--report=FILE` reads the JSON report of a run that was made before instead of running the suite.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DECIDED } from '../../packages/runtime/test/conformance/decided.js';
import { readBehaviours } from './behaviours.js';
import { count } from './count.js';
import { printCount } from './print-count.js';
import { type RunTest, readReport, SUITE } from './report.js';

const root = new URL('../../', import.meta.url);

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    list: { type: 'boolean', default: false },
    area: { type: 'string' },
    report: { type: 'string' },
  },
});

const counted = count(
  readBehaviours(new URL(`${SUITE}behaviours/`, root)),
  values.report === undefined ? runSuite() : readReport(values.report),
  DECIDED,
);
console.log(printCount(counted, { list: values.list, area: values.area }));
process.exitCode = counted.faults.length === 0 ? 0 : 1;

function runSuite(): readonly RunTest[] {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-conformance-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', root));
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    spawnSync(process.execPath, [vitest, 'run', SUITE, ...reporters], { cwd: root, stdio: 'inherit' });
    return readReport(report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
