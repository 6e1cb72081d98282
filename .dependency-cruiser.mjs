/**
 * The import fences. `pnpm fences` checks them, and then checks that each of them can be broken:
 * scripts/fences-self-test.mjs has a wrong import for every rule here, by name.
 *
 * Types count as imports: a file that needs another one's types knows it.
 */

/** What each folder of packages/runtime/src may import, besides itself. ARCHITECTURE.md draws the floors. */
const floors = {
  base: [],
  task: ['base'],
  wire: ['base'],
  scheduler: ['task', 'base'],
  executor: ['scheduler', 'task', 'base'],
  time: ['executor', 'scheduler', 'task', 'base'],
  sync: ['time', 'task', 'base'],
  sharing: ['sync', 'wire', 'task', 'base'],
  thread: ['sharing', 'wire', 'task', 'base'],
  actor: ['thread', 'wire', 'task', 'base'],
  pool: ['thread', 'sync', 'wire', 'task', 'base'],
  trace: ['task', 'base'],
  runtime: [
    'trace',
    'pool',
    'thread',
    'actor',
    'sharing',
    'time',
    'executor',
    'sync',
    'scheduler',
    'wire',
    'task',
    'base',
  ],
  net: ['runtime', 'time', 'executor', 'sync', 'scheduler', 'task', 'base'],
  testing: ['trace', 'runtime', 'time', 'executor', 'sync', 'scheduler', 'task', 'base'],
  worker: ['trace', 'runtime', 'sharing', 'executor', 'wire', 'task', 'base'],
};

const src = '^packages/runtime/src/';
const names = Object.keys(floors).join('|');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(floors).map(([floor, below]) => ({
      name: `floor-${floor}`,
      comment: `${floor}/ may import ${below.length > 0 ? below.map((name) => `${name}/`).join(', ') : 'nothing of ours'}.`,
      severity: 'error',
      from: { path: `${src}${floor}/` },
      to: { path: src, pathNot: `${src}(${[floor, ...below].join('|')})/` },
    })),
    {
      name: 'every-folder-has-a-floor',
      comment: 'A new folder gets a line in the table of floors.',
      severity: 'error',
      from: {},
      to: { path: `${src}[^/]+/`, pathNot: `${src}(${names})/` },
    },
    {
      name: 'only-index-on-the-roof',
      comment: 'Beside the floors there is index.ts, and nothing else.',
      severity: 'error',
      from: { path: src },
      to: { path: `${src}[^/]+$`, pathNot: `${src}index[.]ts$` },
    },
    {
      name: 'worker-by-url-only',
      comment: 'What runs inside a thread is loaded there, by URL. Importing it would run it here.',
      severity: 'error',
      from: { pathNot: `${src}worker/` },
      to: { path: `${src}worker/` },
    },
    {
      name: 'scheduler-is-pure',
      comment: 'Who is next depends on what is in the queue: no clock, no host, no randomness but a seed.',
      severity: 'error',
      from: { path: `${src}scheduler/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycle',
      comment: 'Not even of types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'one-file-per-foreign-package',
      comment: 'A foreign package can be replaced by rewriting one file.',
      severity: 'error',
      from: { path: `${src}|^packages/bench/src/contenders/` },
      module: { path: 'node_modules/', pathNot: 'node_modules/@types/', numberOfDependentsMoreThan: 1 },
    },
    {
      name: 'shipped-code-needs-shipped-packages',
      comment: 'What src imports is in dependencies or peerDependencies: a user has no dev dependencies.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer'],
      },
    },
    {
      name: 'contenders-know-no-workload',
      comment: 'A contender that knows what it will be asked can be tuned to it.',
      severity: 'error',
      from: { path: '^packages/bench/src/contenders/' },
      to: { path: '^packages/bench/src/workloads/' },
    },
    {
      name: 'workloads-know-no-contender',
      comment: 'A workload that knows who runs it can favour one.',
      severity: 'error',
      from: { path: '^packages/bench/src/workloads/' },
      to: { path: '^packages/bench/src/contenders/' },
    },
    {
      name: 'spawners-know-no-failure',
      comment: 'A column that knows what is about to happen to it can be prepared for it.',
      severity: 'error',
      from: { path: '^packages/bench/src/settlement/spawners/' },
      to: { path: '^packages/bench/src/settlement/failures/' },
    },
    {
      name: 'failures-know-no-spawner',
      comment: 'A row that knows whom it happens to can favour one.',
      severity: 'error',
      from: { path: '^packages/bench/src/settlement/failures/' },
      to: { path: '^packages/bench/src/settlement/spawners/' },
    },
    {
      name: 'users-import-by-name',
      comment: 'Other packages, and every test outside unit/, use what a user can use: the exports.',
      severity: 'error',
      from: { path: '^packages/[^/]+/', pathNot: `${src}|^packages/runtime/test/unit/` },
      to: { path: src, dependencyTypes: ['local'] },
    },
    {
      name: 'unit-tests-import-src',
      comment: 'A file that imported both would hold two copies of the current task.',
      severity: 'error',
      from: { path: '^packages/runtime/test/unit/' },
      to: { path: src, dependencyTypesNot: ['local'] },
    },
    {
      name: 'src-imports-by-path',
      comment: 'A module that imports its own package by name goes over the roof and comes back as a cycle.',
      severity: 'error',
      from: { path: src },
      to: { path: src, dependencyTypesNot: ['local'] },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@heddle/source', 'types', 'import', 'node', 'default'],
    },
  },
};
