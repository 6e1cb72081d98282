import { safeInspect } from '../base/safe-inspect.js';
import { checkGiven } from './check-given.js';
import { readEvent } from './file/event-shapes.js';
import { type RunHeader, readHeader } from './file/header-shape.js';
import { objectIn, Wrong } from './file/shape.js';
import type { Trace, TraceRun } from './trace.js';
import type { TraceEvent } from './trace-event.js';

/**
 * The file of a recording: one JSON text a line.
 *
 * The first line says what was recorded, of each run all but its events, and how many of those there are; so a file
 * that was cut off is noticed. Each further line is one event, with the number of its run before it:
 *
 *     {"heddleTrace":1,"program":"hog","node":"v20.20.2",…,"runs":[{"label":"tasks",…,"events":2}]}
 *     {"run":0,"t":0,"thread":0,"k":"spawn","task":"0:1"}
 *     {"run":0,"t":1200,"thread":0,"k":"poll","task":"0:1","ready":0}
 *
 * Lines, since a large recording can be looked at with `head` and `grep`, and since an error can say where it is. A
 * reader takes its own version alone and only what that version has: what it did not know it could only drop.
 */
const VERSION = 1;

/**
 * Writes a recording as text, to be kept in a file and read by `parseTrace`: a JSON text a line, the last one ended.
 *
 * It has no dates and no names but those that the program gave.
 *
 * @example
 * const recording = record();
 * await spawn(async () => 1);
 * const text = traceText(traceOf('one', [recording.stop()]));
 * console.log(parseTrace(text).program); // one
 */
export function traceText(trace: Trace): string {
  checkGiven('traceText', 'recording', trace);
  const { runs, ...about } = trace;
  const header = {
    heddleTrace: VERSION,
    ...about,
    runs: runs.map((run) => ({ ...run, events: run.events.length })),
  };
  const lines = [JSON.stringify(header)];
  for (const [run, { events }] of runs.entries()) {
    for (const event of events) lines.push(JSON.stringify({ run, ...event }));
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Reads what `traceText` wrote.
 *
 * Throws a `SyntaxError` with the number of the line and what is wrong there: text that is no JSON, a field that is
 * missing, unknown or not what it should be, an event out of order, a run that has lost events at its end.
 *
 * @example
 * const { runs } = parseTrace(traceText(traceOf("nothing yet", [])));
 * console.log(runs.length); // 0
 */
export function parseTrace(text: string): Trace {
  if (typeof text !== 'string') {
    throw new TypeError(`parseTrace: expected a text, got ${safeInspect(text, 100)}`);
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = '', ...rest] = lines;
  const { runs, ...about } = inLine(1, () => readHeader(objectIn(first), VERSION));
  const events = runs.map((): TraceEvent[] => []);
  for (const [at, line] of rest.entries()) inLine(at + 2, () => addEvent(events, line));
  return { ...about, runs: runs.map((run, index) => withEvents(run, events[index] ?? [], index)) };
}

/** Says where a mistake is. */
function inLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    throw new SyntaxError(`parseTrace: line ${line}: ${error.message}`);
  }
}

function addEvent(runs: readonly TraceEvent[][], line: string): void {
  const { run, ...data } = objectIn(line);
  const events = typeof run === 'number' ? runs[run] : undefined;
  if (events === undefined) throw new Wrong(`run must be the number of a run, got ${safeInspect(run, 100)}`);
  const event = readEvent(data);
  const last = events.at(-1);
  if (last !== undefined && last.t > event.t) {
    throw new Wrong(`t must not be less than that of the event before, ${last.t}, got ${event.t}`);
  }
  events.push(event);
}

function withEvents({ events: count, ...run }: RunHeader, events: TraceEvent[], index: number): TraceRun {
  if (events.length !== count) {
    throw new SyntaxError(
      `parseTrace: run ${index} has ${events.length} events where its header says ${count}: the text was cut off, or changed.`,
    );
  }
  return { ...run, events };
}
