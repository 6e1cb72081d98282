import {
  type KernelSide,
  lanesOf,
  latenessOf,
  longestPoll,
  longestReady,
  mark,
  type Picture,
  parseTrace,
  perfettoText,
  pictureOf,
  type Recording,
  record,
  recordKernel,
  sliceAt,
  type TraceRun,
  traceOf,
  traceText,
  warningsOf,
  watchdog,
  whoHadCpu,
  whoWasPolled,
  withKernel,
  zeroOf,
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

const run: TraceRun = {
  label: 'nothing',
  pid: 1,
  level: 'process',
  cpus: 1,
  endNs: 0,
  lost: { events: 0, threads: 0, kernel: 0 },
  events: [],
};
const side: KernelSide = {
  level: 'exact',
  events: [],
  threadNames: {},
  lost: 0,
  malformed: 0,
  othersUsed: undefined,
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
  'traceOf: expected runs in an array, got ‹value›; pass [run]': () => traceOf('one', wrong(run)),
  'traceOf: expected the name of a program, got ‹value›': () => traceOf(wrong(run), [run]),
  'watchdog: this thread has a watchdog already; stop that one first.': () => {
    const dog = watchdog();
    try {
      return watchdog();
    } finally {
      dog.stop();
    }
  },
  "withKernel: this run has the kernel's side already, and would have each event twice; pass what recording.stop() gave.":
    () => withKernel(withKernel(run, side, 0), side, 0),
  'withKernel: where the zero of this run is on the monotonic clock is known in the process that recorded it; pass zeroOf(run) from there.':
    () => withKernel(run, side),
  '‹function›: expected ‹what›, got ‹value›; pass ‹what›': [
    () => pictureOf(wrong(traceOf('one', [run]))),
    () => traceText(wrong(run)),
    () => traceText(wrong({ runs: [nothing] })),
    () => traceOf('one', [wrong(nothing)]),
    () => warningsOf(wrong(run)),
    () => latenessOf(wrong(nothing)),
    () => longestPoll(wrong(run)),
    () => longestReady(wrong(undefined)),
    () => sliceAt(wrong({ slices: [] }), 0),
    () => whoHadCpu(wrong(run), { fromNs: 0, toNs: 1 }),
    () => whoHadCpu(nothing, wrong(undefined)),
    () => whoWasPolled(wrong(run), 0, { fromNs: 0, toNs: 1 }),
    () => whoWasPolled(nothing, 0, wrong(1)),
    () => zeroOf(wrong(traceOf('one', [run]))),
    () => lanesOf([wrong(run)]),
    () => perfettoText([wrong(run)]),
    () => withKernel(run, wrong(run)),
    () => withKernel(run, wrong(undefined)),
    () => withKernel(run, wrong({})),
    () => withKernel(wrong(side), side),
  ],
  '‹function›: the name of a mark must be a string, got ‹value›': [
    () => mark(wrong(1)),
    () => whileRecording((recording) => recording.mark(wrong(1))),
  ],
};
