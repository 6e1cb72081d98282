import { sleep, timeout } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const result = await timeout(2_000, longRunningTask());
  if (result.ok) print(result.value);
  else print.error(result.error.message);
}

function* longRunningTask() {
  yield* sleep(5_000);
  return 'Finally completed the task!';
}
