import { availableParallelism, loadavg } from 'node:os';
import { askProcess } from '../measure/ask-process.js';
import type { Cell } from './cell.js';
import { failures } from './failures/list.js';

const cellProcess = new URL('./cell-process.js', import.meta.url);
/** Longer than any cell on a slow machine: one that never answers must not hold up the others. */
const ANSWER_WITHIN_MS = 60_000;

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
 * Measures every cell in a process of its own, a few at a time, and then those that want the machine for themselves.
 *
 * What hangs, dies or takes its process down is one cell. On a machine that is busy with other things, whoever
 * was too slow is asked once more.
 */
export async function runSettlement(options: SettlementOptions): Promise<Settlement> {
  const { spawners, signal } = options;
  const chosen = failures.filter(({ name }) => options.failures.includes(name));
  const rows = chosen.map(({ name, title }) => ({
    name,
    title,
    cells: spawners.map((): Cell => ({ kind: 'unmeasured' })),
  }));
  const measureAll = (alone: boolean, lanes: number): Promise<unknown> => {
    const queue = rows
      .filter((_, row) => (chosen[row]?.alone === true) === alone)
      .flatMap((row) => spawners.map((spawner, column) => ({ row, spawner, column })));
    const lane = async (): Promise<void> => {
      for (let cell = queue.shift(); cell !== undefined && !signal.aborted; cell = queue.shift()) {
        options.progress(cell.row.title, cell.spawner);
        cell.row.cells[cell.column] = await measurePatiently(cell.spawner, cell.row.name, signal);
      }
    };
    return Promise.all(Array.from({ length: lanes }, lane));
  };
  await measureAll(false, availableParallelism() + 1);
  await measureAll(true, 1);
  return { spawners, rows };
}

async function measurePatiently(spawner: string, failure: string, interrupt: AbortSignal): Promise<Cell> {
  let cell = await measure(spawner, failure, interrupt);
  for (let again = 0; again < 1 && isTooSlow(cell) && isBusy() && !interrupt.aborted; again += 1) {
    cell = await measure(spawner, failure, interrupt);
  }
  return cell;
}

/** Whether a cell is as a machine without a free CPU may make it. */
function isTooSlow(cell: Cell): boolean {
  if (cell.kind === 'failed') return true;
  const { settled, stopped, neighbours, usable, joiner } = cell.kind === 'measured' ? cell.findings : {};
  return [settled, stopped, neighbours, usable, joiner].some((finding) => finding?.held === false);
}

function isBusy(): boolean {
  return (loadavg()[0] ?? 0) > 3 * availableParallelism();
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
