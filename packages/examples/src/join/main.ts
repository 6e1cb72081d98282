import assert from 'node:assert/strict';
import { join, Runtime, sleep } from '@heddle/runtime';
import type { Print } from '../program.js';

export function* program(print: Print) {
  const runtime = Runtime.current();
  const spawnedBefore = runtime.metrics().spawnedTasksCount;

  yield* join(work(print, 1, 3_000), work(print, 2, 1_000));

  assert.equal(runtime.metrics().spawnedTasksCount, spawnedBefore, 'join spawns nothing');
  print('all tasks completed!');
}

function* work(print: Print, id: number, delayMs: number) {
  yield* sleep(delayMs);
  print(`Task ${id} completed`);
}
