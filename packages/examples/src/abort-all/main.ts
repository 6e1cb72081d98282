import { JoinSet, sleep } from '@heddle/runtime';
import type { Print } from '../program.js';
import { seededBytes } from '../seeded-bytes.js';

export function* program(print: Print) {
  const randomByte = seededBytes(7);
  const set = new JoinSet<number>();
  for (let id = 1; id < 10; id += 1) set.spawn(work, id, randomByte());

  set.abortAll();

  for (let result = yield* set.joinNext(); result !== undefined; result = yield* set.joinNext()) {
    if (result.ok) print(`received from task: ${result.value}`);
    else print.error(`error: ${result.error.message}`);
  }
}

function* work(id: number, delayMs: number) {
  yield* sleep(delayMs);
  return id;
}
