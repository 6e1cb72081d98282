import { type JoinError, type Result, sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const first = spawn(successfulTask);
  const second = spawn(failingTask);
  const firstResult = await first;
  const secondResult = await second;

  tell(print, firstResult);
  tell(print, secondResult);
  print('All tasks completed (even if some failed)');
}

async function successfulTask() {
  await sleep(2_000);
  return 'Task succeeded';
}

async function failingTask(): Promise<string> {
  await sleep(1_000);
  throw new Error('Task failed!');
}

function tell(print: Print, result: Result<string, JoinError>): void {
  if (result.ok) print(result.value);
  else print.error(result.error.message);
}
