import { safeInspect } from '../../base/safe-inspect.js';
import type { Lost, ProcessUsage, Trace, TraceRun } from '../trace.js';
import {
  count,
  type Field,
  isObject,
  oneOf,
  optional,
  part,
  readShape,
  type Shape,
  text,
  time,
  Wrong,
} from './shape.js';

/** A run without its events; how many there are. */
export type RunHeader = Omit<TraceRun, 'events'> & { readonly events: number };
export type Header = Omit<Trace, 'runs'> & { readonly runs: readonly RunHeader[] };

const object: Field<Readonly<Record<string, unknown>>> = { what: 'an object', fits: isObject };

const names: Field<Readonly<Record<number, string>>> = {
  what: 'an object with a name for each tid',
  fits: (value): value is Readonly<Record<number, string>> =>
    isObject(value) && Object.entries(value).every(([tid, name]) => /^\d+$/.test(tid) && text.fits(name)),
};

const LOST: Shape<Lost> = { events: count, threads: count, kernel: count, texts: optional(count) };
const USAGE: Shape<ProcessUsage> = { cpuNs: count, voluntary: count, involuntary: count };

// What is inside of an object is read after it.
const RUN: Shape<Omit<RunHeader, 'lost' | 'usage'> & { lost: object; usage?: object }> = {
  label: text,
  pid: count,
  level: oneOf('exact', 'counted', 'process'),
  levelBecause: optional(text),
  kernelFromNs: optional(time),
  cpus: count,
  endNs: time,
  lost: object,
  othersUsed: optional(part),
  usage: optional(object),
  threadNames: optional(names),
  events: count,
};

const TRACE: Shape<Omit<Trace, 'runs'> & { runs: readonly unknown[] }> = {
  program: text,
  node: text,
  platform: text,
  kernel: text,
  runs: { what: 'a list of runs', fits: (value) => Array.isArray(value) },
};

/** Makes the header of what is in `data`. Throws a `Wrong`. */
export function readHeader(
  { heddleTrace, ...data }: Readonly<Record<string, unknown>>,
  version: number,
): Header {
  if (heddleTrace === undefined) {
    throw new Wrong('it should be the header of a recording, with a field heddleTrace');
  }
  if (heddleTrace !== version) {
    throw new Wrong(
      `this is version ${safeInspect(heddleTrace, 100)} of the format, and this heddle reads version ${version}: read it with the version that wrote it, or record again`,
    );
  }
  const header = readShape(TRACE, data);
  return { ...header, runs: header.runs.map(readRun) };
}

function readRun(data: unknown): RunHeader {
  if (!isObject(data)) throw new Wrong(`a run must be an object, got ${safeInspect(data, 100)}`);
  const { lost, usage, ...run } = readShape(RUN, data);
  const read = { ...run, lost: readShape(LOST, lost as Readonly<Record<string, unknown>>) };
  if (usage === undefined) return read;
  return { ...read, usage: readShape(USAGE, usage as Readonly<Record<string, unknown>>) };
}
