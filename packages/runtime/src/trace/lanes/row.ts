import type { Axis } from './axis.js';
import type { Cell } from './cell.js';
import type { Glyphs } from './glyphs.js';

/** One line of the lanes: what it is about, its cells once it is known how many there are, and what it comes to. */
export interface Row {
  readonly label: string;
  readonly cells: (axis: Axis) => readonly Cell[];
  readonly note: string;
}

/** What all rows of all runs have in common. */
export interface View {
  readonly glyphs: Glyphs;
  readonly ascii: boolean;
  readonly fromNs: number;
  readonly toNs: number;
  /** How many tasks are drawn of each thread. */
  readonly mostTasks: number;
  /** Whether there is room for notes in full. */
  readonly isWide: boolean;
  /** The most tasks that were ready at once in any run: the same height means the same number everywhere. */
  readonly mostReady: number;
  readonly mostRunnable: number;
}
