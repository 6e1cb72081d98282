import { workerData } from 'node:worker_threads';
import { nameOsThread } from '../base/os-thread.js';
import { writeStderr } from '../base/stderr.js';
import { ThreadWatch } from '../trace/watchdog/thread-watch.js';
import type { WatchdogData } from '../trace/watchdog/watchdog-data.js';

/**
 * The thread of a watchdog. It sleeps and looks by turns and has no event loop to speak of, so nothing that the
 * program does can hold it up; and it writes to stderr itself, since what a worker prints goes by way of the main
 * thread, which may be the one that hangs.
 */
const { arena, limitMs, over } = workerData as WatchdogData;
const watch = new ThreadWatch(arena, limitMs);
const pauseMs = Math.min(250, Math.max(5, limitMs / 4));

// What is seen in a kernel's trace of this process, and is not of the program.
nameOsThread('heddle-watchdog');
while (Atomics.wait(over, 0, 0, pauseMs) === 'timed-out') {
  const lines = watch.look(Number(process.hrtime.bigint()));
  if (lines.length > 0) writeStderr(`${lines.join('\n')}\n`);
}
