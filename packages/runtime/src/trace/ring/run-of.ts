import { availableParallelism } from 'node:os';
import type { ProcessUsage, TraceRun } from '../trace.js';
import type { TraceEvent } from '../trace-event.js';
import { noteZero } from '../zero-of.js';
import { eventsOf } from './events-of.js';
import { readArena } from './ring-reader.js';

/** What is known of a run besides its events. */
export interface RunFacts {
  readonly label: string;
  /** Until when it was recorded, on the monotonic clock in nanoseconds. */
  readonly untilNs: number;
  /** Whether nobody writes any more, so that whoever has not ended is not recorded from now on. */
  readonly isOver: boolean;
  readonly usage: ProcessUsage;
}

/** The mark at which a run's times begin, where it has one. */
const BARRIER = 'barrier';

/** Puts what all threads of a recording have written together to a run. */
export function runOf(arena: SharedArrayBuffer, { label, untilNs, isOver, usage }: RunFacts): TraceRun {
  const { seats, lostThreads } = readArena(arena);
  const events = seats.flatMap((seat) => {
    const own = eventsOf(seat);
    if (isOver && seat.endedNs === 0) own.push({ t: untilNs, k: 'exit', thread: seat.place });
    return own;
  });
  const inTime = events.filter(({ t }) => t <= untilNs).sort((a, b) => a.t - b.t);
  const zeroNs = (inTime.find(isBarrier) ?? inTime[0])?.t ?? untilNs;
  const lostTexts = seats.reduce((sum, seat) => sum + seat.lostTexts, 0);
  const run: TraceRun = {
    label,
    pid: process.pid,
    level: 'process',
    levelBecause: 'the kernel was not asked',
    cpus: availableParallelism(),
    endNs: Math.round(untilNs - zeroNs),
    lost: {
      events: seats.reduce((sum, { lost }) => sum + lost, 0),
      threads: lostThreads,
      kernel: 0,
      ...(lostTexts === 0 ? {} : { texts: lostTexts }),
    },
    usage,
    events: inTime.map((event) => ({ ...event, t: Math.round(event.t - zeroNs) })),
  };
  noteZero(run, zeroNs);
  return run;
}

function isBarrier(event: TraceEvent): boolean {
  return event.k === 'mark' && event.name === BARRIER;
}
