import { describe, expect, test, vi } from 'vitest';
import { type Ended, Stranger } from '../stranger.js';
import { type Documented, readBundlers } from './documented.js';

/** One program and its module of tasks under every tool, with the files and the lines of docs/bundlers.md. */
const { program, output, tools } = readBundlers();

// Whole tools are run, which takes its time where other programs keep the machine busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

/** The bundlers that minify when they are told to on their line. */
const MINIFIES = ['esbuild', 'Vite', 'tsup'];

test('docs/bundlers.md has a program, what it prints, and a section for each tool', () => {
  expect([...program.keys()]).toEqual(['src/primes.ts', 'src/main.ts']);
  expect(output).toBe('168 75173776\n');
  const names = ['tsc', 'tsx', 'Node alone', 'vitest', 'esbuild', 'Vite', 'tsup'];
  expect(tools.map(({ tool }) => tool)).toEqual(names);
});

describe.each(tools)('$tool', ({ tool, files, lines, node }) => {
  test.skipIf(isOlder(node))(
    `runs the program by the documented lines, on Node ${node} and newer`,
    async () => {
      const last = await callIn([...program, ...files], lines);
      if (tool === 'vitest') expect(last.stdout).toMatch(/Tests\s+1 passed/);
      else expect(last).toEqual({ code: 0, stdout: output, stderr: '' });
    },
  );
});

describe.each(tools.filter(({ tool }) => MINIFIES.includes(tool)))('$tool, minified', ({ files, lines }) => {
  test('runs the program', async () => {
    const [build = '', ...rest] = lines;
    const last = await callIn([...program, ...files], [`${build} --minify`, ...rest]);
    expect(last).toEqual({ code: 0, stdout: output, stderr: '' });
  });
});

describe('what is missing is said', () => {
  const { lines } = tools.find(({ tool }) => tool === 'esbuild') as Documented;

  test('when the module of tasks is no entry', async () => {
    const { code, stderr } = await callIn(program, without(lines, ' src/primes.ts'));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/tasksFrom: there is no module at file:.*\/dist\/primes\.js\./);
  });

  test('when the library was bundled in', async () => {
    const { code, stderr } = await callIn(program, without(lines, ' --packages=external'));
    expect(code).not.toBe(0);
    expect(stderr).toContain('thread.spawn: @heddle/runtime was bundled into another file');
  });
});

test.each(['esm', 'cjs'])('a bundle of the library in %s runs tasks, and refuses threads', async (format) => {
  const main = `
    import { main, sleep, spawn, thread } from '@heddle/runtime';
    main(async () => {
      const value = spawn(function* () { yield* sleep(1); return 42; });
      console.log((await value).unwrap());
      try { thread.spawn(() => 1); } catch (error) { console.log(error.message); }
    });`;
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  const { stdout, code } = await callIn(
    [['src/main.ts', main]],
    [
      `esbuild src/main.ts --bundle --platform=node --format=${format} --log-level=error --outfile=main.${extension}`,
      `node main.${extension}`,
    ],
  );
  expect([code, stdout]).toEqual([
    0,
    '42\nthread.spawn: @heddle/runtime was bundled into another file, and its threads start from files of its own. Leave it out of the bundle: make it external.\n',
  ]);
});

/** Calls the lines in a folder with these files, and gives how the last one ended. */
async function callIn(files: Iterable<readonly [string, string]>, lines: readonly string[]): Promise<Ended> {
  const stranger = await Stranger.with(files);
  try {
    const before = lines.slice(0, -1);
    for (const line of before) {
      const { code, stdout, stderr } = await stranger.call(line);
      if (code !== 0) throw new Error(`${line}\n${stdout}${stderr}`);
    }
    return await stranger.call(lines.at(-1) ?? '');
  } finally {
    await stranger.gone();
  }
}

function without(lines: readonly string[], word: string): readonly string[] {
  const less = lines.map((line) => line.replace(word, ''));
  expect(less).not.toEqual(lines);
  return less;
}

function isOlder(node: string): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [least = 0, leastMinor = 0] = node.split('.').map(Number);
  return major < least || (major === least && minor < leastMinor);
}
