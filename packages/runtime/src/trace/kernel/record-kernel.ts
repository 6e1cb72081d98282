import { checkCount } from '../../base/check-count.js';
import { checkOptionKeys } from '../../base/check-option-keys.js';
import { safeInspect } from '../../base/safe-inspect.js';
import type { KernelLevel } from '../trace.js';
import type { KernelSide } from './kernel-side.js';
import { NOTHING_SEEN, RecorderProcess } from './recorder-process.js';

/** What `recordKernel` may be told. */
export interface KernelOptions {
  /** The process to watch. Default: this one. */
  readonly pid?: number;
  /** The most exact level to try: default `'exact'`. Where it is refused, the next one is tried. */
  readonly level?: KernelLevel;
  /** Level `counted`: how often the counters are read, in whole milliseconds. Default 5. */
  readonly everyMs?: number;
  /**
   * Level `exact`: how many KiB of the kernel's memory the trace of each CPU may take. When they are full the oldest
   * events are lost, and counted. Default: 8192, and less where there are more than 8 CPUs.
   */
  readonly bufferKb?: number;
}

/** A process that is being watched. */
export interface KernelRecording extends Pick<KernelSide, 'level' | 'levelBecause'> {
  /** Ends the watching and gives what was seen: the same, however often it is called. Never rejects. */
  stop(): Promise<KernelSide>;
}

/**
 * Begins to record what the kernel does with a process: when each of its threads had a CPU, wanted one, or slept.
 *
 * A process beside it watches, as exactly as the system lets it: level `exact` needs Linux and root, or the right to
 * use the kernel's trace; level `counted` needs Linux. Elsewhere nothing is watched, and level `process` says so. Why
 * a level was refused, and what would allow it, is in `levelBecause`. Other programs are never named or numbered.
 *
 * The promise resolves when the watching has begun: what happens from then on is seen. It never rejects, nor does
 * `stop()`; what cannot be watched, a process that does not exist too, is level `process`. The watching ends by
 * itself when the process does, or this one, and leaves nothing behind. It keeps no program alive.
 *
 * Throws a `TypeError` or a `RangeError` for options that are none.
 *
 * @example
 * const kernel = await recordKernel({ level: 'process' });
 * const { level } = await kernel.stop();
 * console.log(level); // process
 */
export function recordKernel(options: KernelOptions = {}): Promise<KernelRecording> {
  checkOptionKeys('recordKernel', options, OPTIONS);
  const { pid = process.pid, level = 'exact', everyMs = 5, bufferKb } = options;
  checkCount('recordKernel', 'pid', pid, 1);
  checkCount('recordKernel', 'everyMs', everyMs, 1, 60_000);
  if (bufferKb !== undefined) checkCount('recordKernel', 'bufferKb', bufferKb, 4, 1024 * 1024);
  if (!LEVELS.has(level)) {
    throw new TypeError(
      `recordKernel: level must be 'exact', 'counted' or 'process', got ${safeInspect(level, 100)}`,
    );
  }
  if (process.platform !== 'linux') return Promise.resolve(unwatched());
  return watched(new RecorderProcess({ pid, level, everyMs, bufferKb }));
}

const OPTIONS: ReadonlySet<string> = new Set<keyof KernelOptions>(['pid', 'level', 'everyMs', 'bufferKb']);
const LEVELS: ReadonlySet<unknown> = new Set<KernelLevel>(['exact', 'counted', 'process']);

async function watched(recorder: RecorderProcess): Promise<KernelRecording> {
  return { ...(await recorder.ready), stop: () => recorder.stop() };
}

function unwatched(): KernelRecording {
  const side = {
    ...NOTHING_SEEN,
    levelBecause: `levels exact and counted need Linux, not ${process.platform}`,
  };
  const { level, levelBecause } = side;
  return { level, levelBecause, stop: () => Promise.resolve(side) };
}
