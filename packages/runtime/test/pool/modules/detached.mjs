import { Runtime, sleep } from '@heddle/runtime';

const runtime = new Runtime({ blocking: { maxThreads: 1 } });
const begun = new Int32Array(new SharedArrayBuffer(4));
const runs = (begun) => {
  Atomics.store(begun, 0, 1);
  return new Promise((resolve) => setTimeout(resolve, 3_600_000));
};
const running = runtime.spawnBlocking(runs, begun);
runtime.spawnBlocking(runs, begun).detach();
while (begun[0] === 0) await sleep(1);
running.detach();
process.on('exit', () => console.log('the process ended'));
