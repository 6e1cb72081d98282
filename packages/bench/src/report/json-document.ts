import { type CoreRow, isMet, ratioOf } from '../core/core-row.js';
import { coreSentence } from '../core/core-table.js';
import type { Cell } from '../measure/cell.js';
import { WARM_UP } from '../measure/cell-session.js';
import type { WorkloadResult } from '../measure/run-workload.js';
import { spreadOf } from '../measure/spread.js';
import { type Machine, thisMachine } from './machine.js';

/** Everything that a run found out. */
export interface Findings {
  readonly quick: boolean;
  interrupted: boolean;
  readonly workloads: WorkloadResult[];
  readonly core: CoreRow[];
}

/** What `--json` prints. A later version that changes the meaning of a field gets another `format`. */
export interface JsonDocument {
  readonly format: 1;
  readonly machine: Machine;
  readonly quick: boolean;
  readonly interrupted: boolean;
  readonly warmUp: typeof WARM_UP;
  readonly workloads: readonly unknown[];
  readonly core: { readonly sentence: string; readonly rows: readonly unknown[] } | null;
}

/** Makes the document of a run: the samples themselves, and what the tables make of them. */
export function jsonDocument({ quick, interrupted, workloads, core }: Findings): JsonDocument {
  return {
    format: 1,
    machine: thisMachine(),
    quick,
    interrupted,
    warmUp: WARM_UP,
    workloads: workloads.map((result) => ({ ...result, cells: result.cells.map(withSpread) })),
    core: core.length === 0 ? null : { sentence: coreSentence(core), rows: core.map(withRatio) },
  };
}

function withSpread(cell: Cell): unknown {
  return cell.kind === 'measured' ? { ...cell, unit: 'ns', spread: spreadOf(cell.samples) } : cell;
}

function withRatio(row: CoreRow): unknown {
  return { ...row, spread: spreadOf(row.samples), ratio: ratioOf(row) ?? null, met: isMet(row) ?? null };
}
