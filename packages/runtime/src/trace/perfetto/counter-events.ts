import type { CounterLane, ThreadLane } from '../picture/picture.js';
import type { PerfettoEvent } from './perfetto-event.js';
import { type RunInFile, threadName } from './run-in-file.js';

/** Counters, and of what was counted and not seen the shares: a slice would say when, which nobody knows. */
export function counterEvents(run: RunInFile): PerfettoEvent[] {
  const { picture } = run;
  return [
    ...picture.counters.flatMap((lane) => counter(lane, run)),
    ...picture.threads.flatMap((lane, index) => shares(lane, run.threadNumber(index), run)),
  ];
}

function counter(lane: CounterLane, run: RunInFile): PerfettoEvent[] {
  const thread = run.picture.threads.find((one) => lane.thread !== undefined && one.thread === lane.thread);
  const isReady = lane.name === 'ready tasks';
  const name =
    isReady && thread !== undefined ? `${threadName(thread)}: ready` : isReady ? 'ready' : 'runnable';
  return lane.atNs.map((at, index) => ({
    ph: 'C',
    name,
    pid: run.pid,
    tid: run.pid,
    ts: run.ts(at),
    args: { [isReady ? 'tasks' : 'threads']: lane.values[index] as number },
  }));
}

function shares(lane: ThreadLane, tid: number, run: RunInFile): PerfettoEvent[] {
  const last = lane.bands.at(-1);
  if (last === undefined) return [];
  const at = (ns: number, running: number, runnable: number): PerfettoEvent => ({
    ph: 'C',
    name: `${threadName(lane)}, counted:`,
    pid: run.pid,
    tid,
    ts: run.ts(ns),
    args: { '% on a CPU': running * 100, '% wants a CPU': runnable * 100 },
  });
  return [...lane.bands.map((band) => at(band.fromNs, band.running, band.runnable)), at(last.toNs, 0, 0)];
}
