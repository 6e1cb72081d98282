import { lanesOf, type Picture, parseTrace, traceOf, traceText } from '@heddle/runtime/trace';
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
};
