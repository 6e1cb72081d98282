import { checkCount } from '../base/check-count.js';
import { checkOptionKeys } from '../base/check-option-keys.js';
import { errorMessage } from '../base/error-text.js';
import { printable } from '../base/printable.js';
import { writeStderr } from '../base/stderr.js';
import { observed } from '../task/observer.js';
import { newWatchdog } from '../thread/worker-paths.js';
import type { RingWriter } from '../trace/ring/ring-writer.js';
import { refuseBundled } from '../wire/bundled.js';
import { record } from './record.js';

/** When a watchdog speaks. */
export interface WatchdogOptions {
  /** How long a poll may take, in whole milliseconds: 1000 by default. */
  readonly limitMs?: number;
}

/** A thread that watches the others. */
export interface Watchdog {
  /** Ends it, and the recording that it began. Again, it does nothing. */
  stop(): void;
  [Symbol.dispose](): void;
}

/**
 * Explains a program that hangs, while it hangs: when an executor has not come back from a poll for `limitMs`, a thread
 * of its own says on stderr which task that is, whether it computes or is blocked, which tasks are ready and cannot
 * run, and who waits for whom. It says so once, and again when the poll is over.
 *
 * It sees this thread and all that are recorded with it, by the recording that runs; where none does it begins one. A
 * recording of yours that is stopped ends what it sees. A function that a thread was started for may take its time as
 * long as it holds no other task up. Whether a thread computes is known on Linux. It keeps no program alive.
 *
 * Throws a `TypeError` or `RangeError` for wrong options, and an `Error` when this thread has a watchdog already.
 *
 * @example
 * const dog = watchdog({ limitMs: 500 });
 * await spawn(function* () {
 *   yield* sleep(1);
 * });
 * dog.stop();
 */
export function watchdog(options: WatchdogOptions = {}): Watchdog {
  checkOptionKeys('watchdog', options, KNOWN);
  const { limitMs = 1_000 } = options;
  checkCount('watchdog', 'limitMs', limitMs, 1);
  refuseBundled('watchdog');
  if (isWatching) throw new Error('watchdog: this thread has a watchdog already; stop that one first.');
  const own = observed.by === undefined ? record({ label: 'watchdog', events: OWN_EVENTS }) : undefined;
  const { arena } = observed.by as RingWriter;
  const over = new Int32Array(new SharedArrayBuffer(4));
  const worker = newWatchdog({ arena, limitMs, over });
  worker.on('error', (error) =>
    writeStderr(`heddle: the watchdog has ended: ${printable(errorMessage(error) ?? '')}\n`),
  );
  worker.unref();
  isWatching = true;
  const stop = (): void => {
    if (Atomics.exchange(over, 0, 1) === 1) return;
    Atomics.notify(over, 0);
    own?.stop();
    isWatching = false;
  };
  return { stop, [Symbol.dispose]: stop };
}

let isWatching = false;

const KNOWN: ReadonlySet<string> = new Set<keyof WatchdogOptions>(['limitMs']);
/** Enough to know the name and the last wait of some thousand tasks. */
const OWN_EVENTS = 16_384;
