import { measureAsyncs } from './async-group.js';
import type { CoreRow } from './core-row.js';
import { measureGenerators } from './generator-group.js';
import { measureParked } from './parked-group.js';

/** A process that measures one group of `core`, named by its arguments, and sends the rows to its parent. */
const [group, rounds, warmUps] = process.argv.slice(2);
const rows = await measure();
// What is parked would keep the process for an hour.
process.send?.(rows, () => process.exit());

async function measure(): Promise<CoreRow[]> {
  switch (group) {
    case 'generator':
      return measureGenerators(Number(rounds), Number(warmUps));
    case 'async':
      return measureAsyncs(Number(rounds), Number(warmUps));
    case 'parked':
      return measureParked(Number(rounds));
    default:
      throw new Error(`no group of core is called ${group}`);
  }
}
