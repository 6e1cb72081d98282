import { thread } from '@heddle/runtime';
import { SharedCondvar, SharedMutex, SharedSemaphore } from '@heddle/runtime/thread';
import { type Provocations, panicOf, wrong } from '../provocations.js';

export const sharing: Provocations = {
  'SharedMutex: expected a SharedArrayBuffer or a view of one, got ‹value›. Anything else would be copied to each thread.':
    () => new SharedMutex(new Int32Array(1)),
  'sharedSemaphore.addPermits: ‹count› more would be over ‹most› permits': () =>
    new SharedSemaphore(1).addPermits(2 ** 29 - 1),
  '‹caller›: condition must be a function, got ‹value›': async () =>
    new SharedCondvar().waitWhile(await new SharedMutex().lock(), wrong(1)),
  '‹caller›: expected the guard of a SharedMutex, got ‹value›': [
    () => new SharedCondvar().wait(wrong(new SharedMutex())),
    () => new SharedCondvar().blockingWait(wrong(undefined)),
  ],
  '‹caller›: this guard is waiting for a condvar, and holds no lock meanwhile.': async () => {
    const guard = await new SharedMutex().lock();
    void new SharedCondvar().wait(guard).then();
    return guard.value;
  },
  'sharedMutex.‹method›: expected a function, got ‹value›': () => new SharedMutex().withLock(wrong(1)),
  '‹caller›: evenPoisoned must be true or false, got ‹value›': () =>
    new SharedMutex().tryLock({ evenPoisoned: wrong(1) }),
  '‹caller›: expected what was sent to this thread, got ‹value›': () => SharedMutex.from({}),
  '‹caller›: the function gave a promise, and what is done in it later is done without the lock. Take a guard with lock(), and unlock it in a finally.':
    () => new SharedMutex().withLock(async () => 1),
  '‹caller›: the main thread cannot be blocked. Write `await ‹operation›`.': [
    () => new SharedMutex().blockingLock(),
    () => new SharedMutex().tryLockFor(1),
    () => new SharedMutex().blockingWithLock(() => 1),
  ],
  '‹caller›: this guard was unlocked before. Lock the mutex again.': [
    async () => {
      const guard = await new SharedMutex().lock();
      guard.unlock();
      guard.unlock();
    },
    async () => {
      const guard = await new SharedMutex().lock();
      guard.unlock();
      return guard.value;
    },
  ],
  '‹caller›: this thread has ‹n› other ‹tasks›, which would not run meanwhile. Write `await ‹operation›`.':
    () =>
      panicOf(
        thread.spawn(async (mutex: SharedMutex) => {
          const { sleep, spawn } = await import('@heddle/runtime');
          spawn(() => sleep(3_600_000));
          mutex.blockingLock();
        }, new SharedMutex()),
      ),
  '‹caller›: this thread holds the lock already, and would wait for itself.': () =>
    panicOf(
      thread.spawn((mutex: SharedMutex) => {
        mutex.blockingLock();
        mutex.blockingLock();
      }, new SharedMutex()),
    ),
  '‹caller›: the other end of the channel is on this thread, and could not do anything meanwhile. Write `await ‹operation›`.':
    [
      () =>
        panicOf(
          thread.spawn(async () => {
            const { thread } = await import('@heddle/runtime');
            thread.channel<number>({ capacity: 1 })[0].blockingSend(1);
          }),
        ),
      () =>
        panicOf(
          thread.spawn(async () => {
            const { thread } = await import('@heddle/runtime');
            thread.channel<number>({ capacity: 1 })[1].blockingRecv();
          }),
        ),
    ],
  '‹operation›: this is no ‹end› of a thread.channel': () => {
    const [sender] = thread.channel({ capacity: 1 });
    return sender.capacity.call(wrong({}));
  },
  '‹operation›: this ‹end› has moved to another thread': [
    () => {
      const [sender] = thread.channel<number>({ capacity: 1 });
      thread.spawn((_: unknown) => 1, sender);
      return sender.trySend(1);
    },
    () => {
      const [, receiver] = thread.channel<number>({ capacity: 1 });
      const received = receiver.recv();
      thread.spawn((_: unknown) => 1, { receiver });
      return received;
    },
  ],
  '‹operation›: poisoned, since a thread ended or a function threw while it held the lock': [
    async () => {
      const mutex = new SharedMutex();
      await mutex.withLock(() => Reflect.get(wrong(1), 'nothing')).then(null, () => undefined);
      await mutex.lock();
    },
    async () => {
      const mutex = new SharedMutex();
      (await thread.spawn((mutex: SharedMutex) => void mutex.blockingLock(), mutex)).unwrap();
      return mutex.tryLock();
    },
  ],
};
