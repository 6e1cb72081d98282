import { thread } from '@heddle/runtime';
import { heddleThreads } from './heddle-threads.js';
import { overThreads } from './over-threads.js';

/** A thread for each call, which was booted before it was asked for; the next spares boot while it runs. */
export const contender = overThreads(heddleThreads, {
  getReady: async (count) => {
    await thread.prewarm(count);
  },
});
