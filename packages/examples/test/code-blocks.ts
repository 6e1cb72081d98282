import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fenced block of a Markdown text that can be run. */
export interface CodeBlock {
  /** Where it is, as `README.md:12`. */
  readonly at: string;
  readonly language: 'js' | 'ts';
  readonly source: string;
  /** The name under which later blocks of the text import it; such a block is not run by itself. */
  readonly file: string | undefined;
  /** What it must print, where a block ```` ```text output ```` comes next. */
  readonly output: string | undefined;
}

/**
 * Every ```` ```js ```` and ```` ```ts ```` block of a Markdown text, in order, but for those marked `no-run`.
 * `file=primes.ts` in the info string names a block that is there to be imported by the ones after it.
 */
export function codeBlocks(markdown: string, name: string): CodeBlock[] {
  const fences = [...fencesOf(markdown)];
  return fences.flatMap(({ info, line, body }, index): CodeBlock[] => {
    const [language, ...words] = info;
    if ((language !== 'js' && language !== 'ts') || words.includes('no-run')) return [];
    const next = fences[index + 1];
    const printed = next?.info[0] === 'text' && next.info.includes('output') ? next.body : undefined;
    const file = words.find((word) => word.startsWith('file='))?.slice('file='.length);
    return [{ at: `${name}:${line}`, language, source: body, file, output: printed }];
  });
}

/** Runs blocks of one text, as files of one project that depends on `@heddle/runtime`. */
export class BlockRunner {
  readonly #folder = mkdtempSync(join(tmpdir(), 'heddle-blocks-'));
  #count = 0;

  constructor() {
    // What this package depends on is what a block may import.
    const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
    symlinkSync(modules, join(this.#folder, 'node_modules'), 'junction');
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }\n');
  }

  /** Writes the block, and runs it unless it is there for others. `problem` says what is wrong with its end. */
  run(block: CodeBlock): { readonly problem: string | undefined; readonly stdout: string } {
    this.#count += 1;
    const path = join(this.#folder, block.file ?? `block-${this.#count}.${block.language}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, block.source);
    if (block.file !== undefined) return { problem: undefined, stdout: '' };

    const loader = block.language === 'ts' ? ['--import', 'tsx'] : [];
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...loader, path], {
      cwd: this.#folder,
      encoding: 'utf8',
      timeout: 15_000,
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    });
    const problem = status === 0 ? undefined : `ended with ${signal ?? status}:\n${stdout}${stderr}`;
    return { problem, stdout };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function readText(fromRoot: string): string {
  return readFileSync(new URL(`../../../${fromRoot}`, import.meta.url), 'utf8');
}

interface Fence {
  readonly info: readonly string[];
  readonly line: number;
  readonly body: string;
}

function* fencesOf(markdown: string): Generator<Fence> {
  let open: { mark: string; indent: string; info: string[]; line: number; body: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const start = /^(\s*)(`{3,})([^`]*)$/.exec(text);
      if (!start) continue;
      const [, indent = '', mark = '', info = ''] = start;
      open = { mark, indent, info: info.trim().split(/\s+/), line: index + 1, body: [] };
    } else if (text.trim() === open.mark) {
      yield { info: open.info, line: open.line, body: `${open.body.join('\n')}\n` };
      open = undefined;
    } else {
      open.body.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text);
    }
  }
}
