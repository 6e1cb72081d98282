import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { SharedCondvar, SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';

// Two workers count, and tell by the condvar when they are done. They keep their permits, and the last its lock.
if (isMainThread) {
  const mutex = new SharedMutex(new Int32Array(new SharedArrayBuffer(8)));
  const semaphore = new SharedSemaphore(2);
  const changed = new SharedCondvar();
  const start = () => new Worker(new URL(import.meta.url), { workerData: { mutex, semaphore, changed } });
  const exits = [start(), start()].map((worker) => once(worker, 'exit'));
  const guard = await mutex.lock();
  await changed.waitWhile(guard, (words) => words[1] < 2);
  const [sum] = guard.value;
  guard.value[1] = 3;
  guard.unlock();
  changed.notifyAll();
  await Promise.all(exits);
  const permit = await semaphore.acquire(2);
  console.log(sum, permit.numPermits(), mutex.isPoisoned() ? 'poisoned' : 'whole');
} else {
  const mutex = SharedMutex.from(workerData.mutex);
  const changed = SharedCondvar.from(workerData.changed);
  SharedSemaphore.from(workerData.semaphore).blockingAcquire();
  for (let n = 0; n < 10_000; n += 1) {
    const guard = mutex.blockingLock();
    guard.value[0] += 1;
    guard.unlock();
  }
  const isLast = mutex.blockingWithLock((words) => {
    words[1] += 1;
    return words[1] === 2;
  });
  changed.notifyAll();
  // Once the main thread has seen it.
  if (isLast) changed.blockingWaitWhile(mutex.blockingLock(), (words) => words[1] < 3);
}
