/**
 * The names of `@heddle/runtime/time`.
 *
 * The list stands here and not in `time/`: who imports nothing else has a default executor too, and how that is
 * made is known on this floor.
 */
import './default-executor.js';

export { Elapsed } from '../base/elapsed.js';
export { Instant } from '../time/instant.js';
export { type Interval, interval, intervalAt } from '../time/interval.js';
export type { MissedTickBehavior } from '../time/missed-tick-behavior.js';
export { advance, pause, resume } from '../time/pause.js';
export { type Sleep, sleep, sleepUntil } from '../time/sleep.js';
export { timeout, timeoutAt } from '../time/timeout.js';
