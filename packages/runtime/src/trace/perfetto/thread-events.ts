import type { ThreadLane, ThreadSlice } from '../picture/picture.js';
import { processNamed, threadNamed } from './named.js';
import type { PerfettoEvent } from './perfetto-event.js';
import { type RunInFile, threadName } from './run-in-file.js';

/** The threads of a run, what the kernel did with them where that was seen, and the moments that the program named. */
export function threadEvents(run: RunInFile, compat: boolean): PerfettoEvent[] {
  const { picture, pid } = run;
  return [
    ...processNamed(pid, run.title, run.order),
    ...picture.threads.flatMap((lane, index) => {
      const tid = run.threadNumber(index);
      return [
        ...threadNamed(pid, tid, threadName(lane), index),
        ...(compat
          ? []
          : lane.slices.flatMap((slice, at) => stateEvents(slice, lane.slices[at - 1], tid, run))),
        ...instants(lane, tid, run),
      ];
    }),
  ];
}

function stateEvents(
  slice: ThreadSlice,
  before: ThreadSlice | undefined,
  tid: number,
  run: RunInFile,
): PerfettoEvent[] {
  const dur = (slice.toNs - slice.fromNs) / 1_000;
  if (dur === 0) return [];
  const cpu = slice.state === 'running' ? run.cpuNumber(slice.cpu) : undefined;
  return [
    {
      ph: 'T',
      name: stateName(slice, before),
      cat: 'thread_state',
      pid: run.pid,
      tid,
      ts: run.ts(slice.fromNs),
      dur,
      ...(cpu === undefined ? {} : { args: { cpu } }),
    },
  ];
}

/** The kernel's letters: `R+` was preempted, `R` was woken, `D` waits for a disk. */
function stateName(slice: ThreadSlice, before: ThreadSlice | undefined): 'Running' | 'R' | 'R+' | 'S' | 'D' {
  switch (slice.state) {
    case 'running':
      return 'Running';
    case 'runnable':
      return before?.why === 'preempted' ? 'R+' : 'R';
    case 'asleep':
      return before?.why === 'disk' ? 'D' : 'S';
  }
}

function instants(lane: ThreadLane, tid: number, run: RunInFile): PerfettoEvent[] {
  const events: PerfettoEvent[] = [];
  let cpu: number | undefined;
  for (const slice of lane.slices) {
    if (slice.state !== 'running') continue;
    const at = { ph: 'i', cat: 'kernel', s: 't', pid: run.pid, tid } as const;
    if (cpu !== undefined && slice.cpu !== undefined && slice.cpu !== cpu) {
      const args = { from: `CPU ${cpu}`, to: `CPU ${slice.cpu}` };
      events.push({ ...at, name: 'migrated', ts: run.ts(slice.fromNs), args });
    }
    cpu = slice.cpu ?? cpu;
    if (slice.why === 'preempted') {
      const args = slice.by === undefined ? {} : { args: { by: run.whoHas(slice.by) } };
      events.push({ ...at, name: 'preempted', ts: run.ts(slice.toNs), ...args });
    }
  }
  return events;
}
