import { defineConfig, type Options } from 'tsup';

/**
 * One file out for each file in: workers are reached by `new URL('../worker/…', import.meta.url)`, which a
 * bundle would move to another depth, and a stack trace should name a file that exists in `src`.
 *
 * Declarations are not its work: it would roll them up, entry by entry, through a second bundler.
 * `scripts/build.mjs` has tsc emit them beside the JavaScript, file by file.
 */
const options: Options = {
  entry: ['src/**/*.ts'],
  format: 'esm',
  target: 'node20',
  platform: 'node',
  bundle: false,
  splitting: false,
  sourcemap: true,
  dts: false,
  shims: false,
  removeNodeProtocol: false,
  silent: true,
};

export default defineConfig(options);
