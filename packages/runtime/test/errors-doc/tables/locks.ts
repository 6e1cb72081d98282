import { Mutex, OnceCell, RwLock, Semaphore } from '@heddle/runtime/sync';
import { type Provocations, wrong } from '../provocations.js';

export const locks: Provocations = {
  'semaphorePermit.merge: expected a permit of the same semaphore, got ‹value›': [
    () => permitOf(new Semaphore(1)).merge(permitOf(new Semaphore(1))),
    () => permitOf(new Semaphore(1)).merge(wrong(1)),
  ],
  '‹caller›: expected a function that makes the value, got ‹value›': [
    () => new OnceCell<number>().getOrInit(wrong(1)),
    () => new OnceCell<number>().getOrTryInit(wrong(Promise.resolve(1))),
  ],
  '‹caller›: got a thenable, which whoever gets the value would await: keep { handle } instead.': [
    () => new OnceCell<unknown>(Promise.resolve()),
    () => new OnceCell<unknown>().set(Promise.resolve()),
  ],
  '‹caller›: the function must give a Result, got ‹value›': () =>
    new OnceCell<number>().getOrTryInit(() => wrong(1)),
  '‹caller›: this guard was released before. Lock again for another.': [
    () => {
      const guard = new Mutex(1).tryLock().unwrap();
      guard.release();
      return guard.value;
    },
    () => {
      const guard = new Mutex(1).tryLock().unwrap();
      guard.release();
      guard.value = 2;
    },
    () => {
      const guard = new RwLock(1).tryRead().unwrap();
      guard.release();
      return guard.value;
    },
    () => {
      const guard = new RwLock(1).tryWrite().unwrap();
      guard.downgrade();
      return guard.value;
    },
    () => {
      const guard = new RwLock(1).tryWrite().unwrap();
      guard.release();
      guard.value = 2;
    },
    () => {
      const guard = new RwLock(1).tryWrite().unwrap();
      guard.release();
      return guard.downgrade();
    },
  ],
};

function permitOf(semaphore: Semaphore) {
  return semaphore.tryAcquire().unwrap();
}
