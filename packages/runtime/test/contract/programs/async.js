// JavaScript, so that a thread needs no loader to run it: see async.d.ts.
import { shielded, sleep, spawn, yieldNow } from '@heddle/runtime';

const STEP = 0;
const GATE = 1;
const HOUR = 3_600_000;

export async function returns42(progress) {
  Atomics.store(progress, STEP, 1);
  return 42;
}

export async function returnsNothing() {}

export async function returnsHandle() {
  return spawn(async () => 42);
}

export async function returnsThenable() {
  return { then: (resolve) => resolve(42) };
}

export async function throwsBoom() {
  throw new Error('boom');
}

export async function throwsUndefined() {
  throw undefined;
}

export async function waits(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    await sleep(HOUR);
  } finally {
    Atomics.store(progress, STEP, 2);
  }
}

export async function waitsForGate(progress) {
  Atomics.store(progress, STEP, 1);
  while (Atomics.load(progress, GATE) === 0) await yieldNow();
  return 42;
}

export async function waitsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    await sleep(HOUR);
  } finally {
    await shielded(async () => {
      for (let step = 0; step < 3; step += 1) await yieldNow();
    });
    Atomics.store(progress, STEP, 2);
  }
}

export async function returnsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    await sleep(HOUR);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
    return 5;
  }
}

export async function throwsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    await sleep(HOUR);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
    throw new Error('cleanup');
  }
}

export async function abortsItself(progress) {
  progress.abort?.();
  return 42;
}

export async function abortsItselfAndWaits(progress) {
  progress.abort?.();
  Atomics.store(progress, STEP, 1);
  await yieldNow();
  Atomics.store(progress, STEP, 2);
}
