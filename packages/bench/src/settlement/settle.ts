import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { thisMachine } from '../report/machine.js';
import type { Progress } from '../report/progress.js';
import { holds } from './cell.js';
import { failures } from './failures/list.js';
import { runSettlement, type Settlement } from './run-settlement.js';
import { settlementDocument } from './settlement-json.js';
import { settlementMarkdown } from './settlement-markdown.js';
import { drawSettlement } from './settlement-table.js';
import { columns } from './spawners/list.js';

/** Where `--markdown` writes. */
const DOCUMENT = fileURLToPath(new URL('../../../../docs/settlement.md', import.meta.url));

export interface SettleOptions {
  /** Names of columns and of rows; all where none is named. */
  readonly names: readonly string[];
  readonly json: boolean;
  readonly markdown: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Runs `--settlement`, and gives the exit code: 1 where a cell of ours does not hold or could not be measured. */
export async function settle({ names, json, markdown, signal, progress }: SettleOptions): Promise<number> {
  const settlement = await runSettlement({
    spawners: chosen(Object.keys(columns), names),
    failures: chosen(
      failures.map(({ name }) => name),
      names,
    ),
    signal,
    progress: (failure, spawner) => progress.show(`settlement, ${failure}`, spawner),
  });
  progress.clear();
  const document = settlementDocument(settlement, signal.aborted);
  if (json) console.log(JSON.stringify(document, null, 2));
  else console.log(`${heading()}\n\n${drawSettlement(settlement)}`);
  if (signal.aborted) {
    if (!json) console.log('\nInterrupted: this is what was measured until then.');
    return 130;
  }
  if (markdown) {
    writeFileSync(DOCUMENT, settlementMarkdown(document));
    console.error(`Written: ${DOCUMENT}`);
  }
  return oursHold(settlement) ? 0 : 1;
}

/** What may be named after `--settlement`: columns, then rows. */
export function settlementNames(): readonly string[] {
  return [...Object.keys(columns), ...failures.map(({ name }) => name)];
}

function chosen(all: readonly string[], names: readonly string[]): readonly string[] {
  const some = all.filter((name) => names.includes(name));
  return some.length === 0 ? all : some;
}

function oursHold({ spawners, rows }: Settlement): boolean {
  return spawners.every(
    (name, column) =>
      columns[name]?.ours !== true || rows.every(({ cells }) => holds(cells[column]!) === true),
  );
}

function heading(): string {
  const { cpus, os, node } = thisMachine();
  return `heddle bench --settlement: what becomes of a job that fails; ${cpus} CPUs, ${os}, Node ${node}; one process per cell`;
}
