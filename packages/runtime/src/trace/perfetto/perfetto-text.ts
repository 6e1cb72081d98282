import { checkOptionKeys } from '../../base/check-option-keys.js';
import { printable } from '../../base/printable.js';
import { safeInspect } from '../../base/safe-inspect.js';
import { checkGiven } from '../check-given.js';
import type { Picture } from '../picture/picture.js';
import { counterEvents } from './counter-events.js';
import { cpuSlices, otherPrograms } from './cpu-events.js';
import { flowEvents } from './flow-events.js';
import type { PerfettoEvent } from './perfetto-event.js';
import { Numbers, RunInFile } from './run-in-file.js';
import { taskEvents } from './task-events.js';
import { threadEvents } from './thread-events.js';

/** How a trace for Perfetto is written. */
export interface PerfettoOptions {
  /**
   * Whether to write what the kernel did as slices, which every viewer of this format shows, and not as states of
   * threads, from which Perfetto makes its own rows of CPUs since version 54. False where nothing is said.
   */
  readonly compat?: boolean;
}

/**
 * Writes runs as a trace for Perfetto (ui.perfetto.dev, which keeps it on your computer), in the JSON format of
 * Chrome's traces: polls on the threads that did them, a row for each task, what the kernel did with each thread,
 * arrows from who spawned or woke a task to its poll, counters.
 *
 * Several runs have processes of their own, called `A: …` and `B: …`; their zeros are the same moment, and the CPUs
 * of the second come after those of the first. What was counted and not seen is a counter, never a slice.
 *
 * Throws a `TypeError` where there is no picture, or an option that does not exist.
 *
 * @example
 * ```ts
 * import { perfettoText } from '@heddle/runtime/trace';
 *
 * const wait = { label: 'tasks', fromNs: 0, endNs: 2e6, cpus: [], threads: [], tasks: [], counters: [], marks: [] };
 * console.log(perfettoText([wait]).length > 0);
 * ```
 */
export function perfettoText(pictures: readonly Picture[], options: PerfettoOptions = {}): string {
  checkOptionKeys('perfettoText', options, KNOWN);
  if (!(Array.isArray as (value: unknown) => boolean)(pictures) || pictures.length === 0) {
    throw new TypeError(
      `perfettoText: expected one picture or more in an array, got ${safeInspect(pictures, 100)}`,
    );
  }
  for (const picture of pictures) checkGiven('perfettoText', 'picture', picture);
  const { compat = false } = options;
  let id = 0;
  const newId = (): number => {
    id += 1;
    return id;
  };
  // Slices come before arrows: of events with equal times Perfetto keeps the order of the file.
  const runs = runsInFile(pictures);
  const events = [
    ...runs.flatMap((run) => threadEvents(run, compat)),
    ...runs.flatMap((run) => (compat ? cpuSlices(run) : otherPrograms(run))),
    ...runs.flatMap(taskEvents),
    ...runs.flatMap((run) => [...counterEvents(run), ...markEvents(run)]),
    ...runs.flatMap((run) => flowEvents(run, newId)),
  ];
  const lines = events.map((event) => JSON.stringify(event));
  return `{"displayTimeUnit":"ms","traceEvents":[\n${lines.join(',\n')}\n]}\n`;
}

const KNOWN: ReadonlySet<string> = new Set(['compat']);

function runsInFile(pictures: readonly Picture[]): RunInFile[] {
  const numbers = new Numbers();
  // What came before the barrier is below zero, and Perfetto has no time there.
  const shiftNs = -Math.min(0, ...pictures.map(({ fromNs }) => fromNs));
  let cpus = 0;
  return pictures.map((picture, index) => {
    const label = printable(picture.label) || 'run';
    const title = pictures.length === 1 ? label : `${String.fromCodePoint(65 + (index % 26))}: ${label}`;
    const run = new RunInFile(picture, title, index * 10, { numbers, shiftNs, cpus });
    cpus += Math.max(0, ...picture.cpus.map(({ cpu }) => cpu + 1));
    return run;
  });
}

function markEvents(run: RunInFile): PerfettoEvent[] {
  return run.picture.marks.map(({ atNs, name }) => ({
    ph: 'i',
    name: printable(name) || 'mark',
    cat: 'mark',
    s: 'p',
    pid: run.pid,
    tid: run.pid,
    ts: run.ts(atNs),
  }));
}
