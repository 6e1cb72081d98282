/** A thread that wants more of the CPU than an ordinary user may give it. */
import { thread } from '@heddle/runtime';

const NOBODY = 65534;
if (process.getuid() === 0) process.setuid(NOBODY);
await thread.builder({ priority: -5 }).spawn(() => 1);
