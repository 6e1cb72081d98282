import { defineConfig, type Options } from 'tsup';

/** Built rather than run through a loader: a loader's own thread and its rewritten functions would be measured too. */
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
