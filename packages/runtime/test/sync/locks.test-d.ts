import { Ok, type Result } from '@heddle/runtime';
import {
  Mutex,
  type MutexGuard,
  type Notified,
  type Notify,
  OnceCell,
  RwLock,
  type RwLockReadGuard,
  Semaphore,
} from '@heddle/runtime/sync';

/** What the type checker says about what tasks wait for. Compiled, not run. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <_ extends true>(): void => undefined;

export async function locks(): Promise<void> {
  const mutex = new Mutex(0);
  const guard = await mutex.lock();
  yes<Same<typeof guard, MutexGuard<number>>>();
  guard.value = 1;
  // @ts-expect-error: the mutex guards a number
  guard.value = 'one';
  // @ts-expect-error: what a mutex guards is reached through a guard alone
  mutex.value;

  const lock = new RwLock({ retries: 3 });
  const reading = await lock.read();
  const writing = await lock.write();
  // @ts-expect-error: a reader sets nothing
  reading.value = { retries: 5 };
  writing.value = { retries: 5 };
  yes<Same<ReturnType<typeof writing.downgrade>, RwLockReadGuard<{ retries: number }>>>();
  // @ts-expect-error: there is no such option
  new RwLock(0, { readers: 1 });
}

export function semaphores(): void {
  const semaphore = new Semaphore(1);
  // @ts-expect-error: many are asked for with acquireMany
  semaphore.acquire(2);
  // @ts-expect-error: and tried for with tryAcquireMany
  semaphore.tryAcquire(2);
  yes<Same<ReturnType<Notify['notified']>, Notified>>();
}

export async function cells(): Promise<void> {
  const cell = new OnceCell<number>();
  yes<Same<ReturnType<typeof cell.get>, number | undefined>>();
  const value = await cell.getOrInit(async () => 1);
  yes<Same<typeof value, number>>();
  const tried = await cell.getOrTryInit<Error>(function* () {
    return Ok(1);
  });
  yes<Same<typeof tried, Result<number, Error>>>();
  // @ts-expect-error: the cell holds a number
  cell.getOrInit(() => 'one');
  // @ts-expect-error: a function makes the value
  cell.getOrInit(1);
  // @ts-expect-error: the function gives a Result
  cell.getOrTryInit(() => 1);
}
