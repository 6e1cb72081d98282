import {
  lanesOf,
  mark,
  type Picture,
  parseTrace,
  perfettoText,
  type Recording,
  record,
  recordKernel,
  type TraceRun,
  traceOf,
  traceText,
  watchdog,
  withKernel,
} from '@heddle/runtime/trace';

import { type Provocations, wrong } from '../provocations.js';

const NO_RUNS = traceText(traceOf('nothing', []));
const nothing: Picture = {
  label: 'nothing',
  fromNs: 0,
  endNs: 0,
  cpus: [],
  threads: [],
  tasks: [],
  counters: [],
  marks: [],
};

/** Says what `run` throws, of which nothing may go on. */
function whileRecording(run: (recording: Recording) => unknown): unknown {
  const recording = record();
  try {
    return run(recording);
  } finally {
    recording.stop();
  }
}

export const recordings: Provocations = {
  'lanesOf: expected one picture or more in an array, got ‹value›': [
    () => lanesOf([]),
    () => lanesOf(wrong(nothing)),
  ],
  'lanesOf: there is no time from ‹from› to ‹to› to draw': [
    () => lanesOf([nothing], { fromNs: 5, toNs: 5 }),
    () => lanesOf([nothing], { toNs: Number.NaN }),
  ],
  'parseTrace: expected a text, got ‹value›': () => parseTrace(wrong(Buffer.from(NO_RUNS))),
  'parseTrace: line 1: this is version ‹n› of the format, and this heddle reads version ‹n›: read it with the version that wrote it, or record again':
    () => parseTrace(NO_RUNS.replace('"heddleTrace":1', '"heddleTrace":2')),
  'parseTrace: line ‹n›: ‹what is wrong›': [
    () => parseTrace(''),
    () => parseTrace('[]'),
    () => parseTrace(NO_RUNS.replace('nothing', '"')),
  ],
  'parseTrace: run ‹n› has ‹n› events where its header says ‹n›: the text was cut off, or changed.': () =>
    parseTrace(
      NO_RUNS.replace(
        '[]',
        '[{"label":"","pid":1,"level":"process","cpus":1,"endNs":0,"lost":{"events":0,"threads":0,"kernel":0},"events":1}]',
      ),
    ),
  'perfettoText: expected one picture or more in an array, got ‹value›': () => perfettoText([]),
  'record: label must be a string, got ‹value›': () => record({ label: wrong(1) }),
  'record: there is no memory for ‹n› events of each of ‹n› threads; ask for fewer.': () =>
    record({ events: 2 ** 26, threads: 256 }),
  'record: this thread is being recorded already; stop that recording first.': () =>
    whileRecording(() => record()),
  "recordKernel: level must be 'exact', 'counted' or 'process', got ‹value›": [
    () => recordKernel({ level: wrong('precise') }),
    () => recordKernel({ level: wrong(null) }),
  ],
  'watchdog: this thread has a watchdog already; stop that one first.': () => {
    const dog = watchdog();
    try {
      return watchdog();
    } finally {
      dog.stop();
    }
  },
  'withKernel: where the zero of this run is on the monotonic clock is known in the process that recorded it; pass zeroOf(run) from there.':
    () =>
      withKernel(
        { ...(whileRecording((recording) => recording.snapshot()) as TraceRun) },
        { level: 'exact', events: [], threadNames: {}, lost: 0, malformed: 0, othersUsed: undefined },
      ),
  '‹function›: the name of a mark must be a string, got ‹value›': [
    () => mark(wrong(1)),
    () => whileRecording((recording) => recording.mark(wrong(1))),
  ],
};
