// JavaScript, so that a thread needs no loader to run it: see generator.d.ts.
import { sleep, spawn, yieldNow } from '@heddle/runtime';

const STEP = 0;
const GATE = 1;
const HOUR = 3_600_000;

export function* returns42(progress) {
  Atomics.store(progress, STEP, 1);
  return 42;
}

export function* returnsNothing() {}

export function* returnsHandle() {
  return spawn(function* () {
    return 42;
  });
}

export function* returnsThenable() {
  return { then: (resolve) => resolve(42) };
}

export function* throwsBoom() {
  throw new Error('boom');
}

export function* throwsUndefined() {
  throw undefined;
}

export function* waits(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    yield* sleep(HOUR);
  } finally {
    Atomics.store(progress, STEP, 2);
  }
}

export function* waitsForGate(progress) {
  Atomics.store(progress, STEP, 1);
  while (Atomics.load(progress, GATE) === 0) yield* yieldNow();
  return 42;
}

export function* waitsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    yield* sleep(HOUR);
  } finally {
    for (let step = 0; step < 3; step += 1) yield* yieldNow();
    Atomics.store(progress, STEP, 2);
  }
}

export function* returnsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    yield* sleep(HOUR);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
    return 5;
  }
}

export function* throwsInCleanup(progress) {
  Atomics.store(progress, STEP, 1);
  try {
    yield* sleep(HOUR);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
    throw new Error('cleanup');
  }
}

export function* abortsItself(progress) {
  progress.abort?.();
  return 42;
}

export function* abortsItselfAndWaits(progress) {
  progress.abort?.();
  Atomics.store(progress, STEP, 1);
  yield* yieldNow();
  Atomics.store(progress, STEP, 2);
}
