import { type JoinError, type Result, select, sleep, spawn, when } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  for (const runTask2 of [false, true]) {
    if (runTask2) print('---');
    const first = spawn(work, print, 1, 2_000);
    const second = spawn(work, print, 2, 1_000);
    const winner = await select({ first, second: when(runTask2, () => second) });
    tell(print, runTask2, winner.value);
  }
}

async function work(print: Print, id: number, delayMs: number) {
  print(`inside task ${id}`);
  await sleep(delayMs);
  return `Task ${id} completed`;
}

function tell(print: Print, runTask2: boolean, result: Result<string, JoinError>): void {
  if (result.ok) print(`received (run_task2 = ${runTask2}): ${result.value}`);
  else print.error(result.error.message);
}
