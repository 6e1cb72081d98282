import { checkGiven } from '../check-given.js';
import type { Picture } from '../picture/picture.js';
import { pollWarnings } from './poll-warnings.js';
import { readyWarnings } from './ready-warnings.js';
import { threadWarnings } from './thread-warnings.js';
import { waitWarnings } from './wait-warnings.js';
import type { Warning } from './warning.js';

/**
 * Says in sentences what in a recording is worth a look, what took most time first: tasks that never yield or block
 * their thread, that were ready and not polled, that wake themselves or wait for ever; threads that want a CPU and have
 * none. One sentence for each task or thread and kind, and none for what took less than 10 ms.
 *
 * What was not recorded is not found: without the kernel's side there is no telling a task that computes from one that
 * blocks. docs/tracing.md says what to do about each kind. Source: tokio-console's lints, dial9's red flags.
 *
 * @example
 * const recording = record();
 * await task.builder({ name: 'hog' }).spawn(function* () {
 *   for (const until = performance.now() + 20; performance.now() < until; ) Math.random();
 * });
 * for (const { text } of warningsOf(pictureOf(recording.stop()))) console.log(text);
 * // Task "hog" (0:1) held its thread for 20.0 ms in one poll.
 */
export function warningsOf(picture: Picture): readonly Warning[] {
  checkGiven('warningsOf', 'picture', picture);
  const warnings = [
    ...pollWarnings(picture),
    ...readyWarnings(picture),
    ...waitWarnings(picture),
    ...threadWarnings(picture),
  ];
  return warnings.sort((one, other) => other.ns - one.ns);
}
