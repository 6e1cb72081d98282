import { select, sleep, spawn, when } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const first = spawn(work, print, 1, 2_000);
  const second = spawn(work, print, 2, 1_000);
  const third = spawn(work, print, 3, 3_000);

  const enabled: number = 3;
  const chosen = await select(
    { first: when(enabled === 1, () => first), second: when(enabled === 2, () => second) },
    { else: () => third },
  );
  const result = chosen.key === 'else' ? await chosen.value : chosen.value;

  if (result.ok) print(result.value);
  else print.error(result.error.message);
  print('all tasks completed!');
}

async function work(print: Print, id: number, delayMs: number) {
  print(`in task ${id}`);
  await sleep(delayMs);
  return `Task ${id} completed`;
}
