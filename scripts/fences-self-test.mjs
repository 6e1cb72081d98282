#!/usr/bin/env node
// @ts-check
/**
 * Proves that the fences are up: builds a small tree that is right, and must be green; then puts one wrong
 * import into it for every rule, and each rule must turn red at that file, and nowhere else.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fences from '../.dependency-cruiser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

const rules = fences.forbidden ?? [];
const src = 'packages/runtime/src';
const manifest = { name: '@heddle/runtime', dependencies: { allowed: '1' }, devDependencies: { tool: '1' } };
const exported = { '.': { '@heddle/source': './src/index.ts', default: './dist/index.js' } };

/** A tree that keeps every rule. */
const right = {
  'package.json': '{}',
  'node_modules/allowed/index.js': '',
  'node_modules/allowed/package.json': '{ "name": "allowed" }',
  'node_modules/tool/index.js': '',
  'node_modules/tool/package.json': '{ "name": "tool" }',
  'packages/runtime/package.json': JSON.stringify({ ...manifest, exports: exported }),
  [`${src}/base/a.ts`]: 'export const a = 1;',
  [`${src}/task/a.ts`]: "export { a } from '../base/a.js';",
  [`${src}/wire/a.ts`]: "export { a } from '../base/a.js';",
  [`${src}/scheduler/a.ts`]: "import type { a } from '../task/a.js'; export type A = typeof a;",
  [`${src}/sync/a.ts`]: "export { a } from '../task/a.js';",
  [`${src}/executor/a.ts`]: "export type { A } from '../scheduler/a.js';",
  [`${src}/time/a.ts`]: "export type { A } from '../executor/a.js';",
  [`${src}/sharing/a.ts`]: "export { a } from '../wire/a.js';",
  [`${src}/thread/a.ts`]: "export { a } from '../wire/a.js'; export * from 'allowed';",
  [`${src}/actor/a.ts`]: "export { a } from '../thread/a.js';",
  [`${src}/trace/a.ts`]: "export { a } from '../task/a.js';",
  [`${src}/pool/a.ts`]: "export { a } from '../thread/a.js';",
  [`${src}/runtime/a.ts`]: "export { a } from '../thread/a.js';",
  [`${src}/net/a.ts`]: "export { a } from '../runtime/a.js'; export * from 'node:net';",
  [`${src}/testing/a.ts`]: "export { a } from '../runtime/a.js';",
  [`${src}/worker/a.ts`]: "export { a } from '../wire/a.js';",
  [`${src}/index.ts`]: "export { a } from './runtime/a.js';",
  'packages/runtime/test/a.test.ts': "import '@heddle/runtime';",
  'packages/runtime/test/unit/a.test.ts': "import '../../src/base/a.js';",
  'packages/bench/src/contenders/a.ts': 'export const a = 1;',
  'packages/bench/src/workloads/a.ts': 'export const a = 1;',
  'packages/bench/src/settlement/spawners/a.ts': 'export const a = 1;',
  'packages/bench/src/settlement/failures/a.ts': 'export const a = 1;',
  'packages/bench/src/main.ts':
    "import './contenders/a.js'; import './workloads/a.js'; import './settlement/spawners/a.js'; import './settlement/failures/a.js';",
};

/** @type {readonly [rule: string, file: string, content: string][]} */
const wrong = [
  ['floor-base', `${src}/base/wrong.ts`, "import '../task/a.js';"],
  ['floor-task', `${src}/task/wrong.ts`, "import '../wire/a.js';"],
  ['floor-wire', `${src}/wire/wrong.ts`, "import '../task/a.js';"],
  ['floor-scheduler', `${src}/scheduler/wrong.ts`, "import type { A } from '../executor/a.js';"],
  ['floor-sync', `${src}/sync/wrong.ts`, "import '../executor/a.js';"],
  ['floor-executor', `${src}/executor/wrong.ts`, "import '../time/a.js';"],
  ['floor-time', `${src}/time/wrong.ts`, "import '../runtime/a.js';"],
  ['floor-sharing', `${src}/sharing/wrong.ts`, "import '../thread/a.js';"],
  ['floor-actor', `${src}/actor/wrong.ts`, "import '../runtime/a.js';"],
  ['floor-thread', `${src}/thread/wrong.ts`, "import '../executor/a.js';"],
  ['floor-trace', `${src}/trace/wrong.ts`, "import '../executor/a.js';"],
  ['floor-pool', `${src}/pool/wrong.ts`, "import '../executor/a.js';"],
  ['floor-runtime', `${src}/runtime/wrong.ts`, "import '../index.js';"],
  ['floor-net', `${src}/net/wrong.ts`, "import '../testing/a.js';"],
  ['floor-testing', `${src}/testing/wrong.ts`, "import '../net/a.js';"],
  ['floor-worker', `${src}/worker/wrong.ts`, "import '../thread/a.js';"],
  ['every-folder-has-a-floor', `${src}/index.ts`, "import './unheard-of/a.js';"],
  ['only-index-on-the-roof', `${src}/index.ts`, "import './stray.js';"],
  ['worker-by-url-only', `${src}/index.ts`, "import type { a } from './worker/a.js';"],
  ['scheduler-is-pure', `${src}/scheduler/impure.ts`, "import 'node:timers';"],
  ['no-cycle', `${src}/sync/cycle.ts`, "import type { B } from './there-and-back.js'; export type A = B;"],
  ['one-file-per-foreign-package', `${src}/thread/second.ts`, "import 'allowed';"],
  ['shipped-code-needs-shipped-packages', `${src}/thread/dev.ts`, "import 'tool';"],
  ['contenders-know-no-workload', 'packages/bench/src/contenders/wrong.ts', "import '../workloads/a.js';"],
  ['workloads-know-no-contender', 'packages/bench/src/workloads/wrong.ts', "import '../contenders/a.js';"],
  [
    'spawners-know-no-failure',
    'packages/bench/src/settlement/spawners/wrong.ts',
    "import '../failures/a.js';",
  ],
  [
    'failures-know-no-spawner',
    'packages/bench/src/settlement/failures/wrong.ts',
    "import '../spawners/a.js';",
  ],
  ['users-import-by-name', 'packages/runtime/test/wrong.test.ts', "import '../src/base/a.js';"],
  ['users-import-by-name', 'packages/bench/src/deep.ts', "import '../../runtime/src/index.js';"],
  ['unit-tests-import-src', 'packages/runtime/test/unit/wrong.test.ts', "import '@heddle/runtime';"],
  ['src-imports-by-path', `${src}/index.ts`, "import('@heddle/runtime');"],
  ['every-import-resolves', 'packages/bench/src/lost.ts', "import './nowhere.js';"],
];

/** Files that only a wrong import leads to. */
const beside = {
  [`${src}/unheard-of/a.ts`]: '',
  [`${src}/stray.ts`]: '',
  [`${src}/sync/there-and-back.ts`]: "import type { A } from './cycle.js'; export type B = A;",
};

/** Where a rule reports something else than the file with the import. */
const reportedAt = new Map([['one-file-per-foreign-package', 'node_modules/allowed/index.js']]);

/** Red as a consequence of a line above, and rightly so. */
const expectedToo = [
  `no-cycle ${src}/index.ts`, // it imports the package by name, which is index.ts
];

const folder = await mkdtemp(join(tmpdir(), 'heddle-fences-'));
const problems = [];
try {
  await cp(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  await write(right);
  const green = cruise();
  if (green.code !== 0)
    problems.push(`a tree without a wrong import is red:\n${green.violations.join('\n')}`);

  /** @type {Record<string, string>} */
  const broken = { ...beside };
  for (const [, file, content] of wrong) {
    const before = broken[file] ?? /** @type {Record<string, string>} */ (right)[file];
    broken[file] = before ? `${before}\n${content}` : content;
  }
  await write(broken);
  const red = cruise();
  if (red.code === 0) problems.push('a tree full of wrong imports is green');

  const expected = new Set(wrong.map(([rule, file]) => `${rule} ${reportedAt.get(rule) ?? file}`));
  for (const line of expected) if (!red.violations.includes(line)) problems.push(`not noticed: ${line}`);
  for (const line of red.violations) {
    if (!expected.has(line) && !expectedToo.includes(line)) problems.push(`noticed without a cause: ${line}`);
  }
  for (const { name } of rules) {
    if (!wrong.some(([rule]) => rule === name)) problems.push(`rule without a wrong import here: ${name}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`fences self-test: ${problem}`);
if (problems.length === 0) {
  console.log(`fences self-test: ${rules.length} rules, each turned red by a wrong import`);
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {Record<string, string>} files */
async function write(files) {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
}

/** Runs the same command as `pnpm fences`, in the fixture. */
function cruise() {
  const options = ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type'];
  const folders = ['packages/runtime/src', 'packages/runtime/test', 'packages/bench/src'];
  const run = (/** @type {string} */ type) =>
    spawnSync(process.execPath, [cli, ...options, type, ...folders], { cwd: folder, encoding: 'utf8' });
  const { status } = run('err');
  const { stdout, stderr } = run('json');
  if (!stdout) throw new Error(`dependency-cruiser said nothing: ${stderr}`);
  /** @type {{ rule: { name: string }, from: string }[]} */
  const violations = JSON.parse(stdout).summary.violations;
  return {
    code: status,
    violations: [...new Set(violations.map(({ rule, from }) => `${rule.name} ${from}`))],
  };
}
