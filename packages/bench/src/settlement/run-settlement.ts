import { availableParallelism } from 'node:os';
import { askProcess } from '../measure/ask-process.js';
import type { Cell } from './cell.js';
import { failures } from './failures/list.js';

const cellProcess = new URL('./cell-process.js', import.meta.url);
/** Longer than any cell on a slow machine: one that never answers must not hold up the others. */
const ANSWER_WITHIN_MS = 90_000;

export interface SettlementOptions {
  readonly spawners: readonly string[];
  /** Names of failures. */
  readonly failures: readonly string[];
  /** Ends the run: what was measured until then is the result. */
  readonly signal: AbortSignal;
  /** Called before each cell. */
  readonly progress: (failure: string, spawner: string) => void;
}

/** The table: one row for each failure, one cell in it for each spawner. */
export interface Settlement {
  readonly spawners: readonly string[];
  readonly rows: readonly SettlementRow[];
}

export interface SettlementRow {
  readonly name: string;
  readonly title: string;
  readonly cells: readonly Cell[];
}

/**
 * Measures every cell in a process of its own, a few at a time.
 *
 * What hangs, dies or takes its process down is one cell. One lane begins at the end, where the cells are that
 * take longest: so there is one of these at a time.
 */
export async function runSettlement(options: SettlementOptions): Promise<Settlement> {
  const { spawners, signal } = options;
  const rows = failures
    .filter(({ name }) => options.failures.includes(name))
    .map(({ name, title }) => ({
      name,
      title,
      cells: spawners.map((): Cell => ({ kind: 'unmeasured' })),
    }));
  const queue = rows.flatMap((row) => spawners.map((spawner, column) => ({ row, spawner, column })));
  const lane = async (next: () => (typeof queue)[number] | undefined): Promise<void> => {
    for (let cell = next(); cell !== undefined && !signal.aborted; cell = next()) {
      options.progress(cell.row.title, cell.spawner);
      cell.row.cells[cell.column] = await measure(cell.spawner, cell.row.name, signal);
    }
  };
  const lanes = Array.from({ length: availableParallelism() }, () => lane(() => queue.shift()));
  await Promise.all([lane(() => queue.pop()), ...lanes]);
  return { spawners, rows };
}

async function measure(spawner: string, failure: string, interrupt: AbortSignal): Promise<Cell> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    const signal = AbortSignal.any([interrupt, late]);
    return (await askProcess(cellProcess, [spawner, failure], { signal })) as Cell;
  } catch (error) {
    if (interrupt.aborted) return { kind: 'unmeasured' };
    if (!late.aborted) return { kind: 'down', saw: error instanceof Error ? error.message : String(error) };
    const saw = `no end in sight after ${ANSWER_WITHIN_MS / 1_000} seconds`;
    return { kind: 'measured', findings: { settled: { held: false, saw } } };
  }
}
