import { sleep, spawn } from '@heddle/runtime';
import type { Print } from '../program.js';

export async function program(print: Print) {
  const first = spawn(async () => {
    await sleep(2_000);
    print('Task 1 done!');
  });
  const second = spawn(async () => {
    await sleep(1_000);
    print('Task 2 done!');
  });

  (await first).unwrap();
  (await second).unwrap();
  print('All tasks done!');
}
