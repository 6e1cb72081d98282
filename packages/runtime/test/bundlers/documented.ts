import { readFileSync } from 'node:fs';

/** What docs/bundlers.md says about one tool. */
export interface Documented {
  readonly tool: string;
  /** The text of each file that it needs beside the program's own. */
  readonly files: ReadonlyMap<string, string>;
  /** The lines to be called, in order; the last one runs the program. */
  readonly lines: readonly string[];
  /** The oldest Node, as `22.18`, that the lines are for. */
  readonly node: string;
}

/** The page as a test reads it: the program, what it prints, and a section for each tool. */
export function readBundlers(): {
  readonly program: ReadonlyMap<string, string>;
  readonly output: string;
  readonly tools: readonly Documented[];
} {
  const page = readFileSync(new URL('../../../../docs/bundlers.md', import.meta.url), 'utf8');
  const [intro = '', ...sections] = page.split(/^## /m);
  const output = fences(intro).find(({ info }) => info === 'text output')?.body ?? '';
  const tools = sections.map(documented).filter(({ lines }) => lines.length > 0);
  return { program: filesIn(intro), output, tools };
}

function documented(section: string): Documented {
  const shell = fences(section).filter(({ info }) => info.startsWith('sh'));
  return {
    tool: section.slice(0, section.indexOf('\n')),
    files: filesIn(section),
    lines: shell.flatMap(({ body }) => body.trim().split('\n')),
    node: /node=(\S+)/.exec(shell[0]?.info ?? '')?.[1] ?? '20',
  };
}

function filesIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    fences(text).flatMap(({ info, body }): [string, string][] => {
      const file = /file=(\S+)/.exec(info)?.[1];
      return file === undefined ? [] : [[file, body]];
    }),
  );
}

function fences(text: string): { readonly info: string; readonly body: string }[] {
  return [...text.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']) => ({
    info,
    body,
  }));
}
