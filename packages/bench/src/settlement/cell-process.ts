import type { Cell } from './cell.js';
import { briefly } from './error-words.js';
import { failures } from './failures/list.js';
import { measureCell } from './measure-cell.js';
import { columns } from './spawners/list.js';

/**
 * The process of one cell. Its arguments name the spawner and the failure; it sends one message and ends.
 *
 * An exception that arrives here would have ended the caller's program: that is what it says, and no more.
 */
const [spawnerName = '', failureName] = process.argv.slice(2);
// Ctrl-C reaches the whole group of processes. The parent prints what it has, and then ends this one.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => answer({ kind: 'down', saw: briefly(error) }));

const failure = failures.find(({ name }) => name === failureName);
const column = columns[spawnerName];
if (failure === undefined || column === undefined) {
  throw new Error(`no such cell: ${spawnerName}, ${failureName}`);
}
const loaded = await column.load().catch((error: unknown) => briefly(error));
if (typeof loaded === 'string') answer({ kind: 'none', reason: `does not load: ${loaded}` });
else answer(await measureCell(loaded.spawner, failure).catch(failed));

function failed(error: unknown): Cell {
  return { kind: 'failed', saw: briefly(error) };
}

/** What still runs in some thread would keep the process, and so might what has hung. */
function answer(cell: Cell): void {
  process.send?.(cell, () => process.kill(process.pid, 'SIGKILL'));
}
