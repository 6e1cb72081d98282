import { measureAsyncs } from './async-group.js';
import { measureGenerators } from './generator-group.js';
import { measureParked } from './parked-group.js';

/** A process that measures one group of `core`, named by its arguments, and sends the rows to its parent. */
const [group, rounds, warmUps] = process.argv.slice(2);
switch (group) {
  case 'generator':
    process.send?.(await measureGenerators(Number(rounds), Number(warmUps)));
    break;
  case 'async':
    process.send?.(await measureAsyncs(Number(rounds), Number(warmUps)));
    break;
  case 'parked':
    process.send?.(await measureParked(Number(rounds)));
    break;
}
