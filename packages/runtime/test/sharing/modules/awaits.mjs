import { thread } from '@heddle/runtime';
import { SharedCondvar, SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';

// Nothing but the operation itself holds the process: the threads are detached.
const shared = {
  mutex: new SharedMutex(new Int32Array(new SharedArrayBuffer(8))),
  changed: new SharedCondvar(),
  semaphore: new SharedSemaphore(1),
};
const holds = ({ mutex, changed, semaphore }, go) => {
  const guard = mutex.blockingLock();
  const permit = semaphore.blockingAcquire();
  for (const step of [1, 2, 3]) {
    Atomics.store(go, 0, step);
    Atomics.notify(go, 0);
    // Until the main thread has been waiting for a while.
    Atomics.wait(go, 1, 0, 150);
    if (step === 1) guard.unlock();
    if (step === 2) permit.release();
    if (step === 3) {
      mutex.blockingWithLock((words) => words.fill(1));
      changed.notifyOne();
    }
  }
};
const go = new Int32Array(new SharedArrayBuffer(8));
thread.builder({ detached: true }).spawn(holds, shared, go);
Atomics.wait(go, 0, 0);
const guard = await shared.mutex.lock();
console.log('lock');
(await shared.semaphore.acquire()).release();
console.log('permit');
await shared.changed.waitWhile(guard, (words) => words[0] === 0);
console.log('notified');
