/** Two threads that want more of the CPU than an ordinary user may give them. */
import { thread } from '@heddle/runtime';

const NOBODY = 65534;
if (process.getuid() === 0) process.setuid(NOBODY);
const urgent = thread.builder({ priority: -5 });
console.log((await urgent.spawn(() => 'one')).unwrap());
console.log((await urgent.spawn(() => 'two')).unwrap());
