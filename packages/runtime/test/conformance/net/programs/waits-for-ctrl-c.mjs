/** Two tasks wait for a SIGINT; then nobody does, and the next one ends the process. */
import { setTimeout } from 'node:timers/promises';
import { spawn, yieldNow } from '@heddle/runtime';
import { ctrlC } from '@heddle/runtime/net';

const interrupt = ctrlC();
const first = spawn(function* () {
  yield* interrupt;
  console.log('a task heard it');
});
const second = spawn(async () => {
  await ctrlC();
  console.log('so did another');
});
const leaves = spawn(() => ctrlC());
await yieldNow();
await yieldNow();
leaves.abort();
await leaves;
console.log('waiting');
await first;
await second;
console.log(`waiting no more: ${process.listenerCount('SIGINT')} listeners`);
await setTimeout(3_600_000);
