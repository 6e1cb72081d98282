import { defineConfig, type Options } from 'tsup';

/** Built rather than run through a loader: a loader's own thread and its rewritten functions would be measured too. */
const program: Options = {
  entry: ['src/**/*.ts', '!src/lab/page/browser/**'],
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

/** The script and the style of the lab's page: one file each, since the page is one file and asks for no other. */
const page: Options = {
  entry: { 'lab/page/browser': 'src/lab/page/browser/main.ts' },
  format: 'iife',
  target: 'es2023',
  platform: 'browser',
  bundle: true,
  minify: true,
  splitting: false,
  dts: false,
  silent: true,
  outExtension: () => ({ js: '.js' }),
};

export default defineConfig([program, page]);
