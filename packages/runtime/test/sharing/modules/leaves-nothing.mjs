import { select, sleep, spawn } from '@heddle/runtime';
import { SharedCondvar, SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';

const mutex = new SharedMutex();
const semaphore = new SharedSemaphore(0);
const changed = new SharedCondvar();
for (let n = 0; n < 10; n += 1) {
  const guard = await mutex.lock();
  await select({ lock: mutex.lock(), turn: sleep(1) });
  guard.unlock();
  const waits = spawn(async () => changed.wait(await mutex.lock()));
  await select({ permit: semaphore.acquire(), turn: sleep(1) });
  waits.abort();
  await waits;
}
// And the process ends, although what listened in shared memory cannot be withdrawn.
console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout'));
