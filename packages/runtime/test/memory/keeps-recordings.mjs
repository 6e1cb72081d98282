/** Says whether a task that was in many recordings holds the memory of those that are over, and whether its handle does. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sleep, spawn } from '@heddle/runtime';
import { record } from '@heddle/runtime/trace';

const RECORDINGS = 20;

const longLived = spawn(function* () {
  yield* sleep(3_600_000);
});
const settled = [];

for (let count = 0; count < RECORDINGS; count += 1) {
  const recording = record({ threads: 4, events: 1000 });
  const handle = spawn(function* () {});
  await handle;
  settled.push(handle);
  recording.stop();
}
await collect();
const live = held();
longLived.abort();
await longLived;
await collect();

process.stdout.write(`held of ${RECORDINGS}: ${live}, then ${held()}, with ${settled.length} handles kept\n`);

/** Whether there are more arenas, of a megabyte each, than the last one. */
function held() {
  return process.memoryUsage().arrayBuffers < 3 * 2 ** 20 ? 'the last at most' : 'more';
}

async function collect() {
  for (let round = 0; round < 10; round += 1) {
    globalThis.gc();
    await nextTurn();
  }
}
