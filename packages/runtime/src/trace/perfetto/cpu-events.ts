import type { ThreadSlice } from '../picture/picture.js';
import { processNamed, threadNamed } from './named.js';
import type { PerfettoEvent } from './perfetto-event.js';
import { type RunInFile, threadName } from './run-in-file.js';

/**
 * Other programs on the CPUs. Perfetto makes its rows of CPUs from what threads did, so each CPU has one thread that
 * stands for all of them.
 */
export function otherPrograms(run: RunInFile): PerfettoEvent[] {
  const busy = run.picture.cpus.filter(({ slices }) => slices.some(({ tid }) => tid === 'other'));
  if (busy.length === 0) return [];
  const pid = run.cpusPid;
  return [
    ...processNamed(pid, `${run.title}, other programs`, run.order + 2),
    ...busy.flatMap((lane, index) => {
      const tid = run.newNumber();
      const cpu = run.cpuNumber(lane.cpu);
      const others = lane.slices.filter((slice) => slice.tid === 'other' && slice.toNs > slice.fromNs);
      return [
        ...threadNamed(pid, tid, 'another program', index),
        ...others.map(
          ({ fromNs, toNs }): PerfettoEvent => ({
            ph: 'T',
            name: 'Running',
            cat: 'thread_state',
            pid,
            tid,
            ts: run.ts(fromNs),
            dur: (toNs - fromNs) / 1_000,
            ...(cpu === undefined ? {} : { args: { cpu } }),
          }),
        ),
      ];
    }),
  ];
}

/** CPUs and the states of threads for viewers that know no `T`: as slices of processes that do not exist. */
export function cpuSlices(run: RunInFile): PerfettoEvent[] {
  const { picture, cpusPid, statesPid } = run;
  if (picture.cpus.length === 0) return [];
  return [
    ...processNamed(cpusPid, `${run.title}, CPUs`, run.order + 2),
    ...picture.cpus.flatMap(({ cpu, slices }, index) => {
      const where = { pid: cpusPid, tid: run.newNumber() };
      return [
        ...threadNamed(where.pid, where.tid, `CPU ${cpu}`, index),
        ...slices.map(
          ({ tid, fromNs, toNs }): PerfettoEvent => ({
            ...where,
            ph: 'X',
            name: run.whoHas(tid),
            cat: 'cpu',
            ts: run.ts(fromNs),
            dur: (toNs - fromNs) / 1_000,
          }),
        ),
      ];
    }),
    ...processNamed(statesPid, `${run.title}, threads on CPUs`, run.order + 3),
    ...picture.threads.flatMap((lane, index) => {
      const where = { pid: statesPid, tid: run.newNumber() };
      return [
        ...threadNamed(where.pid, where.tid, threadName(lane), index),
        ...lane.slices.map(
          (slice): PerfettoEvent => ({
            ...where,
            ph: 'X',
            name: stateInWords(slice),
            cat: 'thread',
            ts: run.ts(slice.fromNs),
            dur: (slice.toNs - slice.fromNs) / 1_000,
          }),
        ),
      ];
    }),
  ];
}

function stateInWords(slice: ThreadSlice): string {
  switch (slice.state) {
    case 'running':
      return slice.cpu === undefined ? 'on a CPU' : `on CPU ${slice.cpu}`;
    case 'runnable':
      return 'wants a CPU';
    case 'asleep':
      return 'asleep';
  }
}
