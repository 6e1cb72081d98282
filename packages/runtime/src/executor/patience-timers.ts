import { Clock } from './clock.js';
import type { Runner } from './runner.js';
import { Timers } from './timers.js';

/**
 * The timers for what must come to an end whatever a program does to its clock: an abort, a shutdown.
 *
 * They are the executor's own, but where its clock stands still: then they go by the host's.
 */
export function patienceTimers({
  timers,
  host,
  stopped,
}: Pick<Runner, 'timers' | 'host' | 'stopped'>): Timers {
  return stopped === undefined ? timers : new Timers(host, new Clock(host));
}
