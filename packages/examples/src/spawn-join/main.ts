import { join, sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const first = spawn(work, print, 1, 2_000);
  const second = spawn(work, print, 2, 1_000);

  await join(first, second);
  print('all tasks completed!');
}

async function work(print: Print, id: number, delayMs: number) {
  await sleep(delayMs);
  print(`Task ${id} completed`);
}
