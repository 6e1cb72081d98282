import { spawn } from '@heddle/runtime';
import { Mutex, Semaphore } from '@heddle/runtime/sync';
import { expectAnswer } from '../work/expect-answer.js';
import { nsEach, type Probe } from './probe.js';

const SECTIONS = 100_000;

/** One generator task that locks and releases a mutex which nobody else wants: time for both. */
export function mutexAlone(name: string): Probe {
  const run = async (): Promise<number> => {
    const counter = new Mutex(0);
    const sample = await spawn(function* () {
      const startedAtMs = performance.now();
      for (let i = 0; i < SECTIONS; i += 1) {
        const guard = yield* counter.lock();
        guard.value += 1;
        guard.release();
      }
      return nsEach(startedAtMs, SECTIONS);
    });
    expectAnswer(name, counter.tryLock().unwrap().value, SECTIONS);
    return sample.unwrap();
  };
  return { name, run };
}

/** One generator task that acquires and releases the permit of a semaphore which nobody else wants: time for both. */
export function semaphoreAlone(name: string): Probe {
  const run = async (): Promise<number> => {
    const semaphore = new Semaphore(1);
    let sections = 0;
    const sample = await spawn(function* () {
      const startedAtMs = performance.now();
      for (let i = 0; i < SECTIONS; i += 1) {
        const permit = yield* semaphore.acquire();
        sections += permit.numPermits();
        permit.release();
      }
      return nsEach(startedAtMs, SECTIONS);
    });
    expectAnswer(name, sections, SECTIONS);
    return sample.unwrap();
  };
  return { name, run };
}
