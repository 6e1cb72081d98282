import { readdirSync, readFileSync } from 'node:fs';

/** One behaviour that has to be held: a row of `behaviours/*.md`. */
export interface Row {
  /** `mpsc/3`: what the titles of its tests begin with. */
  readonly name: string;
  /** The file that lists it. */
  readonly area: string;
  readonly priority: 'P0' | 'P1';
  readonly text: string;
}

/** Reads every row of a folder, area by area. Throws where a list item is no row, or a name stands twice. */
export function readBehaviours(folder: URL): readonly Row[] {
  const rows = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .flatMap((file) => rowsOf(file.slice(0, -3), readFileSync(new URL(file, folder), 'utf8')));
  const names = new Set<string>();
  for (const { name } of rows) {
    if (names.has(name)) throw new Error(`${name} is listed twice`);
    names.add(name);
  }
  return rows;
}

/** The rows of one file. */
export function rowsOf(area: string, text: string): readonly Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => {
      const found = ROW.exec(line)?.groups;
      if (found === undefined) throw new Error(`${area}.md: not a row: ${line}`);
      const { name, priority, text } = found;
      return { name: name as string, area, priority: priority as 'P0' | 'P1', text: text as string };
    });
}

const ROW = /^- `(?<name>[a-z0-9-]+\/\d+)` \*\*(?<priority>P[01])\*\* (?<text>.+)$/;
