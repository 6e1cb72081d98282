import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { sleep, spawn } from '@heddle/runtime';
import { watchdog } from '@heddle/runtime/trace';

if (process.argv[2] === 'ends') {
  Worker.prototype.unref = function unref() {
    this.emit('error', new Error('there is no memory for it'));
  };
  watchdog();
  process.exit();
}

watchdog({ limitMs: 20 });
await begun();
await spawn(() => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
});
await sleep(500);

/** Until the thread of the watchdog has its name; where none has one, for long enough. */
async function begun() {
  for (let n = 0; n < 300 && !names().includes('heddle-watchdog\n'); n += 1) await sleep(10);
}

function names() {
  try {
    return readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8'));
  } catch {
    return [];
  }
}
