import { JoinSet, sleep } from '@heddle/runtime';
import type { Print } from '../program.js';
import { seededBytes } from '../seeded-bytes.js';

interface TaskResult {
  readonly id: number;
  readonly sleptMs: number;
}

export async function program(print: Print) {
  const randomByte = seededBytes(7);
  const set = new JoinSet<TaskResult>();
  for (let id = 1; id < 10; id += 1) set.spawn(work, id, randomByte());

  for (let result = await set.joinNext(); result !== undefined; result = await set.joinNext()) {
    if (result.ok) print(`received from task: ${result.value.id}, slept for: ${result.value.sleptMs}ms`);
    else print.error(`error: ${result.error.message}`);
  }
}

async function work(id: number, sleptMs: number) {
  await sleep(sleptMs);
  return { id, sleptMs };
}
