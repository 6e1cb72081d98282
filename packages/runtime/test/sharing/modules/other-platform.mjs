import { setPanicHook, thread } from '@heddle/runtime';
import { SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';

// Run with `--import ./without-proc.mjs`, which threads inherit.
setPanicHook(() => undefined);
console.log(thread.osThreadId());
const counter = new SharedMutex(new Int32Array(new SharedArrayBuffer(4)));
const count = (counter) => {
  for (let n = 0; n < 5_000; n += 1) {
    const guard = counter.blockingLock();
    guard.value[0] += 1;
    guard.unlock();
  }
};
for (const handle of [1, 2, 3].map(() => thread.spawn(count, counter))) (await handle).unwrap();
console.log(await counter.withLock((words) => words[0]));

const ends = [
  () => undefined,
  () => process.exit(1),
  () => {
    throw new Error('boom');
  },
];
for (const end of ends) {
  const mutex = new SharedMutex();
  const semaphore = new SharedSemaphore(1);
  const holds = Function(`return (mutex, semaphore) => {
    mutex.blockingLock();
    semaphore.blockingAcquire();
    (${end})();
  }`)();
  const holder = thread.spawn(holds, mutex, semaphore);
  await holder;
  const waits = thread.spawn(async (mutex) => void (await mutex.lock()), mutex);
  const { error } = await waits;
  (await semaphore.acquire()).release();
  console.log(error.intoPanic().name);
}
