import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Stranger } from '../stranger.js';
import { refused } from './modules/refused.js';
import { type Outcomes, textsOfRefused, valuesOfWorks } from './modules/run.js';
import { works } from './modules/works.js';

/**
 * Every kind of inline function under every tool that rewrites source: each works on a real thread, or is
 * refused at the call by its name. The functions are in modules/works.ts and modules/refused.ts.
 */
interface Tool {
  readonly name: string;
  /** The lines that run modules/run.ts; none in this process, which is vitest's. */
  readonly lines?: readonly string[];
  /** Whether names are still those of the source. */
  readonly renames?: true;
}

// Whole tools are run, which takes its time where other programs keep the machine busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const MINIFIED = '--bundle --splitting --minify --platform=node --format=esm --packages=external';
const tools: readonly Tool[] = [
  { name: 'vitest' },
  {
    name: 'plain Node',
    lines: ['esbuild src/*.ts --format=esm --target=es2022 --outdir=dist', 'node dist/run.js print'],
  },
  { name: 'tsx', lines: ['tsx src/run.ts print'] },
  {
    name: 'esbuild, minified',
    lines: [`esbuild src/run.ts ${MINIFIED} --outdir=dist`, 'node dist/run.js print'],
    renames: true,
  },
  {
    name: 'Vite, minified',
    lines: ['vite build --ssr src/run.ts --minify --outDir dist', 'node dist/run.js print'],
    renames: true,
  },
];

describe.each(tools)('$name', ({ lines, renames }) => {
  let came: { readonly works: Outcomes; readonly refused: Readonly<Record<string, string>> };
  beforeAll(async () => {
    came =
      lines === undefined
        ? { works: await valuesOfWorks(), refused: textsOfRefused() }
        : await printedBy(lines);
  });

  test.each(Object.entries(works))('takes %s', (title, { gives }) => {
    expect(plain(came.works[title])).toEqual(plain(gives));
  });

  test.each(Object.entries(refused))('refuses %s', (title, { says }) => {
    const text = came.refused[title];
    if (renames) expect(text).toMatch(/^ERR_NOT_SELF_CONTAINED thread\.spawn: (?:this function |got an? )/);
    else expect(text).toContain(says);
    expect(text).toMatch(/^ERR_NOT_SELF_CONTAINED thread\.spawn: /);
  });
});

/** Runs the modules as a program of a stranger's, and reads what it prints. */
async function printedBy(lines: readonly string[]): Promise<never> {
  const files = ['names', 'refused', 'run', 'works'].map((name): [string, string] => [
    `src/${name}.ts`,
    readFileSync(new URL(`./modules/${name}.ts`, import.meta.url), 'utf8'),
  ]);
  const stranger = await Stranger.with([...files, ['vite.config.js', VITE]]);
  try {
    let stdout = '';
    for (const line of lines) {
      const ended = await stranger.call(line);
      if (ended.code !== 0) throw new Error(`${line}\n${ended.stdout}${ended.stderr}`);
      stdout = ended.stdout;
    }
    return JSON.parse(stdout) as never;
  } finally {
    await stranger.gone();
  }
}

const VITE = `export default { build: { rollupOptions: { external: ['@heddle/runtime'] } } };\n`;

/** As it is when it has been printed. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)),
  );
}
