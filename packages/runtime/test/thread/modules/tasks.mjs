/** Task functions for the tests of threads. Plain JavaScript: a thread runs it without a loader. */
import { readFileSync } from 'node:fs';
import { move, sleep, spawn, task, tasksFrom, thread } from '@heddle/runtime';

export const notAFunction = 1;

export const add = (a, b) => a + b;

export function* greetSlowly(name) {
  yield* sleep(1);
  return `hello, ${name}`;
}

export const whoAmI = () => task.id();

export const osThread = () => {
  const id = thread.osThreadId();
  return { id, comm: readFileSync(`/proc/self/task/${id}/comm`, 'utf8') };
};

export function stampAndReturn(bytes) {
  bytes[0] = 9;
  return move(bytes);
}

/** A value and a crash of threads of its own. */
export async function spawnTwo() {
  const value = await thread.spawn((n) => n + 1, 1);
  const crash = await thread.spawn(() => process.exit(3));
  return [value, crash];
}

/** Throws on what a thread of its own threw. */
export async function throwOn() {
  await thread
    .spawn(() => {
      throw new Error('boom');
    })
    .orThrow();
}

/** Leaves two tasks and a thread, each of which writes into its word when it is ended. */
export async function leaveThree(words) {
  spawn(async () => {
    try {
      await sleep(60_000);
    } finally {
      words[0] = 1;
    }
  });
  spawn(function* () {
    try {
      yield* sleep(60_000);
    } finally {
      yield* sleep(1);
      words[1] = 1;
    }
  });
  const patient = thread.builder({ graceMs: 60_000 });
  patient.spawn(tasksFrom(import.meta.url).tellBeginAndEnd, words.subarray(2));
  Atomics.wait(words, 2, 0);
  await sleep(0);
  return [...words];
}

/** Writes 1 when it has begun, then waits; 2 when it was told to end, by a throw. */
export async function tellBeginAndEnd(words) {
  ring(words, 0, 1);
  try {
    await sleep(60_000);
  } finally {
    Atomics.store(words, 0, 2);
  }
}

/** The same as a generator, whose cleanup waits. */
export function* tellBeginAndEndInSteps(words) {
  ring(words, 0, 1);
  try {
    yield* sleep(60_000);
  } finally {
    yield* sleep(1);
    Atomics.store(words, 0, 2);
  }
}

/** Never gives up the thread, and looks at the stop flag. */
export function spinUntilAborted(words) {
  ring(words, 0, 1);
  while (!task.isAborted());
  Atomics.store(words, 0, 2);
  return 'stopped';
}

/** Waits for nothing but its own signal. */
export async function waitForSignal(words) {
  ring(words, 0, 1);
  const { signal } = task;
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  Atomics.store(words, 0, signal.reason === 'enough' ? 2 : 3);
}

export async function throwInCleanup(words) {
  ring(words, 0, 1);
  try {
    await sleep(60_000);
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what a test wants to see.
    throw new Error('cleanup failed');
  }
}

export async function exitWhenAborted(words) {
  ring(words, 0, 1);
  try {
    await sleep(60_000);
  } finally {
    process.exit(0);
  }
}

function ring(words, at, value) {
  Atomics.store(words, at, value);
  Atomics.notify(words, at);
}
