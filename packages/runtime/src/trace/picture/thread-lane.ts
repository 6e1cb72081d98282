import type { TraceRun } from '../trace.js';
import type { CountedEvent } from '../trace-event.js';
import { bandsOf, growth } from './bands-of.js';
import type { KernelThread } from './kernel-thread.js';
import type { ThreadLane, ThreadState } from './picture.js';
import type { SeenThread } from './seen-threads.js';

/** Draws what is known of one thread: exactly, in bands, or no more than that it was there. */
export function threadLane(seen: SeenThread, run: TraceRun, endNs: number): ThreadLane {
  const { kernel, counts } = seen;
  const head = { thread: seen.thread, tid: seen.tid, name: seen.name ?? nameOf(seen, run) };
  if (kernel !== undefined && kernel.slices.length > 0) return { ...head, ...exactly(kernel) };
  const fromNs = Math.min(seen.firstNs, counts[0]?.t ?? seen.firstNs);
  const toNs = Math.max(fromNs, endOf(seen, endNs));
  if (counts.length > 0) return { ...head, fromNs, toNs, ...inBands(counts) };
  return { ...head, fromNs, toNs, slices: [], bands: [], ...UNCOUNTED };
}

const UNCOUNTED = {
  preemptions: undefined,
  migrations: undefined,
  runNs: undefined,
  runnableNs: undefined,
};

function nameOf({ thread, tid }: SeenThread, run: TraceRun): string {
  if (thread !== undefined) return `thread ${thread}`;
  const known = tid === undefined ? undefined : run.threadNames?.[tid];
  if (known !== undefined) return known;
  return tid === run.pid ? 'main' : `tid ${tid}`;
}

/** When it ended, as far as is known: one that only the kernel saw was there when it was counted last. */
function endOf({ thread, exitNs, lastNs, counts }: SeenThread, endNs: number): number {
  const countedNs = counts.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
  if (thread === undefined) return countedNs;
  return exitNs === undefined ? endNs : Math.max(exitNs, lastNs, countedNs);
}

function exactly(kernel: KernelThread): Omit<ThreadLane, 'thread' | 'tid' | 'name'> {
  const { fromNs, toNs, slices, preemptions, migrations } = kernel;
  return {
    fromNs,
    toNs,
    slices,
    bands: [],
    preemptions,
    migrations,
    runNs: sum(kernel, 'running'),
    runnableNs: sum(kernel, 'runnable'),
  };
}

function sum({ slices }: KernelThread, state: ThreadState): number {
  let ns = 0;
  for (const slice of slices) if (slice.state === state) ns += slice.toNs - slice.fromNs;
  return ns;
}

function inBands(
  counts: readonly CountedEvent[],
): Pick<ThreadLane, 'slices' | 'bands' | 'preemptions' | 'migrations' | 'runNs' | 'runnableNs'> {
  const first = counts[0]!;
  const last = counts.at(-1)!;
  return {
    slices: [],
    bands: bandsOf(counts),
    preemptions: growth(first.involuntary, last.involuntary),
    migrations: undefined,
    runNs: growth(first.runNs, last.runNs),
    runnableNs: growth(first.waitNs, last.waitNs),
  };
}
