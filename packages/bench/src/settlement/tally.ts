import { broken, holds } from './cell.js';
import type { Settlement } from './run-settlement.js';

/** A column in numbers. */
export interface Tally {
  readonly spawner: string;
  /** How many rows could be asked. */
  readonly asked: number;
  readonly held: number;
  readonly hung: number;
  readonly down: number;
}

/** Counts what the cells say, column by column. */
export function tally({ spawners, rows }: Settlement): readonly Tally[] {
  return spawners.map((spawner, column) => {
    const cells = rows.map(({ cells }) => cells[column]!).filter((cell) => holds(cell) !== undefined);
    return {
      spawner,
      asked: cells.length,
      held: cells.filter((cell) => holds(cell) === true).length,
      hung: cells.filter((cell) => cell.kind === 'measured' && broken(cell.findings).includes('settled'))
        .length,
      down: cells.filter(({ kind }) => kind === 'down').length,
    };
  });
}
