import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocking, Runtime, spawn, thread } from '@heddle/runtime';
import { build } from 'esbuild';
import { type Provocations, wrong } from '../provocations.js';

/** What a copy of the library says that was bundled with its program. */
async function bundled(): Promise<unknown> {
  const contents =
    "import { blocking, Runtime, thread } from '@heddle/runtime'; export const spawn = () => thread.spawn(() => 1);";
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'heddle-bundled-'));
  try {
    const outfile = join(folder, 'program.cjs');
    await build({
      stdin: { contents, resolveDir },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      outfile,
    });
    // Not import(), which is vite's here.
    return (createRequire(import.meta.url)(outfile) as { readonly spawn: () => unknown }).spawn();
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const threadOptions: Provocations = {
  'handle.blockingJoin: task ‹id› has no thread of its own to wait for. Write `await handle`.': () =>
    spawn(async () => 1).blockingJoin(),
  'a scoped thread crashed': () =>
    thread.scope((s) => {
      s.spawn(() => process.exit(3));
    }),
  'a scoped thread panicked': () =>
    thread.scope((s) => {
      s.spawn(() => {
        throw new Error('boom');
      });
    }),
  'thread.scope: expected a function, got ‹value›': () => thread.scope(wrong(1)),
  'thread.scope: it has ended, so it takes no more threads': async () => {
    const ended = await thread.scope((s) => ({ s }));
    ended.s.spawn(() => 1);
  },
  'thread.of: expected a handle of thread.spawn, got ‹value›': () => thread.of(wrong(1)),
  'thread.spawn: @heddle/runtime was bundled into another file, and its threads start from files of its own. Leave it out of the bundle: make it external.':
    bundled,
  'thread.builder: detached must be a boolean, got ‹value›': () => thread.builder({ detached: wrong('yes') }),
  'thread.builder: env must be an object of strings, or SHARE_ENV, got ‹value›': () =>
    thread.builder({ env: wrong([]) }),
  'thread.builder: env[‹name›] must be a string, got ‹value›': () =>
    thread.builder({ env: wrong({ PORT: 80 }) }),
  'thread.builder: execArgv must be an array of strings, got ‹value›': () =>
    thread.builder({ execArgv: wrong('--no-warnings') }),
  'thread.spawn: env: ‹what Node says›': () =>
    thread.builder({ env: { NODE_OPTIONS: '--no-such-flag' } }).spawn(() => 1),
  'thread.spawn: execArgv: ‹what Node says›': () =>
    thread.builder({ execArgv: ['--expose-gc'] }).spawn(() => 1),
  'thread.builder: resourceLimits has no ‹name›': () =>
    thread.builder({ resourceLimits: wrong({ heap: 1 }) }),
  'thread.builder: resourceLimits must be an object, got ‹value›': () =>
    thread.builder({ resourceLimits: wrong(1) }),
  'thread.builder: resourceLimits.‹limit› must be a number of megabytes, got ‹value›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: wrong('4') } }),
  'thread.builder: resourceLimits.‹limit› must be more than zero megabytes, got ‹n›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: 0 } }),
  'blocking.builder: priority must be a number, got ‹value›': () =>
    blocking.builder({ priority: wrong('high') }),
  'spawnBlocking: ‹n› jobs wait for a thread, which is the most that maxQueue allows. Await blocking.ready() before a spawn, or raise the option.':
    async () => {
      const runtime = new Runtime({ blocking: { maxThreads: 1, maxQueue: 0 } });
      runtime.spawnBlocking(() => 1);
      try {
        return runtime.spawnBlocking(() => 1);
      } finally {
        void runtime.shutdown();
      }
    },
};
