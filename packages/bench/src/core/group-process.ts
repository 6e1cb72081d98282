import type { CoreRow } from './core-row.js';
import type { StoreSamples } from './store-group.js';

/**
 * A process that measures one group of `core`, named by its arguments, and sends what it found to its parent.
 * A group is loaded by itself: one of them must not have the library in its process.
 */
// Ctrl-C reaches the whole group of processes. The parent prints what it has, and then ends this one.
process.on('SIGINT', () => {});

const [group, rounds, warmUps, store = '{}'] = process.argv.slice(2);
const found = await measure(Number(rounds), Number(warmUps));
// What is parked would keep the process for an hour.
process.send?.(found, () => process.exit());

async function measure(rounds: number, warmUps: number): Promise<CoreRow[] | StoreSamples> {
  switch (group) {
    case 'generator':
      return (await import('./generator-group.js')).measureGenerators(rounds, warmUps);
    case 'store':
      return (await import('./store-group.js')).measureStore(rounds, warmUps);
    case 'async':
      return (await import('./async-group.js')).measureAsyncs(
        rounds,
        warmUps,
        JSON.parse(store) as StoreSamples,
      );
    case 'sleeping':
      return (await import('./sleeping-group.js')).measureSleeping(rounds);
    case 'recording':
      return (await import('./recording-group.js')).measureRecording(rounds, warmUps);
    case 'parked':
      return (await import('./parked-group.js')).measureParked(rounds);
    default:
      throw new Error(`no group of core is called ${group}`);
  }
}
