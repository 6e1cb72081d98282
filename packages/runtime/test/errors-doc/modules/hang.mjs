/** So many tasks that wait for ever: `node hang.mjs 22`. */
import { spawn } from '@heddle/runtime';
import { oneshot } from '@heddle/runtime/sync';

for (let n = 0; n < Number(process.argv[2]); n += 1) spawn(() => oneshot()[1].recv());
