import { AsyncBody } from './async-body.js';
import type { Executor } from './executor.js';
import { StoppedTime } from './stopped-time.js';

/** Stops the clock of an executor that goes. */
export function stopClock(executor: Executor): void {
  const stopped = new StoppedTime(executor);
  executor.clock.stop();
  executor.stopped = stopped;
  executor.timers.look();
  for (const { body } of executor.tasks()) if (body instanceof AsyncBody) stopped.ran(body);
  stopped.look();
}

/** Lets a stopped clock go on from where it stands. */
export function letClockGo(executor: Executor): void {
  executor.clock.go();
  executor.stopped = undefined;
  executor.timers.look();
}
