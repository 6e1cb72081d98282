import { proxy, tasksFrom, thread } from '@heddle/runtime';
import type { Print } from '../program.js';
import type { Snapshot } from './ledger.js';
import { supervise } from './supervisor.js';

const { Ledger } = tasksFrom<typeof import('./ledger.js')>(new URL('./ledger.js', import.meta.url));
const LIMITS = { mostRestarts: 2, firstDelayMs: 10, longestDelayMs: 1_000 };

export async function program(print: Print) {
  print('two bad entries, and two restarts:');
  await keep([10, 20, Number.NaN, 30, Number.NaN, 40], print);
  print('three bad entries, and as many restarts as before:');
  await keep([10, Number.NaN, Number.NaN, Number.NaN, 20], print);
}

/** Enters all amounts into a ledger, of which the bad ones end its thread. */
async function keep(amounts: number[], print: Print) {
  let snapshot: Snapshot = { entries: 0, total: 0 };
  const save = proxy((latest: Snapshot) => {
    snapshot = latest;
  });
  const outcome = await supervise(
    () => {
      print(`  a ledger starts with ${snapshot.entries} entries`);
      return thread.builder({ name: 'ledger' }).actor(Ledger, snapshot, save);
    },
    async (ledger) => {
      for (let amount = amounts.shift(); amount !== undefined; amount = amounts.shift()) {
        try {
          print(`  ${amount} makes ${await ledger.remote.enter(amount)}`);
        } catch (error) {
          print.error(`  ${amount}: ${error instanceof Error ? error.message : 'failed'}`);
          return;
        }
      }
      await ledger.stop();
    },
    LIMITS,
  );
  const end = outcome.ok ? 'stopped' : `given up after a ${outcome.error.kind}`;
  print(`  ${end}, with ${snapshot.entries} entries that make ${snapshot.total}`);
}
