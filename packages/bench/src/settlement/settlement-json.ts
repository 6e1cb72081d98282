import { type Machine, thisMachine } from '../report/machine.js';
import { packageVersion } from './package-version.js';
import type { Settlement } from './run-settlement.js';
import { columns } from './spawners/list.js';
import { type Tally, tally } from './tally.js';

/** What `--settlement --json` prints. A later version that changes the meaning of a field gets another `format`. */
export interface SettlementDocument extends Settlement {
  readonly format: 1;
  readonly machine: Machine;
  readonly measuredOn: string;
  readonly interrupted: boolean;
  readonly columns: Readonly<Record<string, { package: string; version: string; setup: string }>>;
  readonly tally: readonly Tally[];
}

/** Makes the document of a run: every cell with what was seen in it. */
export function settlementDocument(settlement: Settlement, interrupted: boolean): SettlementDocument {
  return {
    format: 1,
    machine: thisMachine(),
    measuredOn: new Date().toISOString().slice(0, 10),
    interrupted,
    columns: Object.fromEntries(settlement.spawners.map((name) => [name, about(name)])),
    tally: tally(settlement),
    ...settlement,
  };
}

function about(name: string): { package: string; version: string; setup: string } {
  const { package: pkg, setup } = columns[name]!;
  return { package: pkg, version: packageVersion(pkg), setup };
}
