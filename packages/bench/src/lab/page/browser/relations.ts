import { NONE } from '../wire/page-data.js';
import type { Run } from './model.js';

/** Who had to do with a row: its wakers and those whom it woke, how often each, and where it runs. */
export interface Relations {
  readonly wokenBy: ReadonlyMap<number, number>;
  readonly woke: ReadonlyMap<number, number>;
  /** The row itself and all that stay lit beside it. */
  readonly lit: ReadonlySet<number>;
}

export function relationsOf(run: Run, place: number): Relations {
  const row = run.rows[place]!;
  const wokenBy = new Map<number, number>();
  const woke = new Map<number, number>();
  const lit = new Set<number>([place]);
  if (row.kind === 'thread' || row.kind === 'task') {
    for (const waker of row.wokenBy) if (waker !== NONE) wokenBy.set(waker, (wokenBy.get(waker) ?? 0) + 1);
    for (const other of run.rows) {
      if ((other.kind !== 'thread' && other.kind !== 'task') || other.kind !== row.kind) continue;
      let times = 0;
      for (const waker of other.wokenBy) if (waker === place) times += 1;
      if (times > 0) woke.set(other.place, times);
    }
  }
  switch (row.kind) {
    case 'cpu':
      for (const who of row.who) if (who >= 0) lit.add(who);
      break;
    case 'thread':
      for (const cpu of run.rows) if (cpu.kind === 'cpu' && cpu.who.includes(place)) lit.add(cpu.place);
      for (const other of run.rows) if (other.thread === place) lit.add(other.place);
      break;
    case 'task':
    case 'counter':
      if (row.thread >= 0) lit.add(row.thread);
      break;
  }
  if (row.kind === 'task' && row.spawnedBy >= 0) lit.add(row.spawnedBy);
  for (const other of [...wokenBy.keys(), ...woke.keys()]) if (other >= 0) lit.add(other);
  return { wokenBy, woke, lit };
}
