/**
 * What Perfetto's JSON importer asks of a file, as far as our files use it: what it counts as an error, drops without
 * a word, or dies of. Read from google/perfetto at v55, `src/trace_processor/importers/`:
 *
 * - `json/json_trace_tokenizer.cc`: which fields are read and of which type, how a time becomes nanoseconds
 * - `json/json_trace_parser.cc`: what each phase needs
 * - `common/slice_tracker.cc`, `MaybeCloseStack`: which slices of a track nest
 * - `common/flow_tracker.cc`: to which slice an end of an arrow is bound
 * - `common/cpu_tracker.h`: `kMaxCpusPerMachine`
 * - `util/json_parser.h`, `UnescapeString`: which escapes a string may have
 */
export function brokenRules(text: string): string[] {
  const file = JSON.parse(text) as { readonly traceEvents: readonly RawEvent[] };
  if (!Array.isArray(file.traceEvents)) return ['traceEvents is not an array'];
  // "Invalid escape sequence: code point is reserved for surrogate pairs" ends the reading of the file.
  const escapes = /\\ud[89a-f]/i.test(text) ? ['an escape of half a surrogate pair'] : [];
  const each = file.traceEvents.flatMap((event, index) =>
    eventRules(event).map((rule) => `${index}: ${rule}`),
  );
  // `TraceSorter` sorts by time and keeps the order of what has the same.
  const sorted = file.traceEvents.filter(({ ph }) => ph !== 'M').sort((a, b) => nanos(a.ts) - nanos(b.ts));
  return [
    ...escapes,
    ...each,
    ...sliceAndFlowRules(sorted),
    ...cpuRules(sorted),
    ...threadStateRules(sorted),
    ...processOfThread(file.traceEvents),
  ];
}

/** One event, before anything is known of it. */
export interface RawEvent {
  readonly [field: string]: unknown;
  readonly ph?: unknown;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** `CoerceToTs`: microseconds to whole nanoseconds, by `llround`. */
function nanos(micros: unknown): number {
  return Math.round((micros as number) * 1_000);
}

function eventRules(event: RawEvent): string[] {
  const broken: string[] = [];
  const need = (isKept: boolean, rule: string): void => {
    if (!isKept) broken.push(`${rule}: ${JSON.stringify(event)}`);
  };
  const { ph, name, ts, dur, args = {}, cat } = event;
  // `CoerceToUint32` turns what does not fit into 0, and tid 0 into the pid; pid 0 is the idle task of each CPU.
  for (const id of [event.pid, event.tid]) {
    need(Number.isInteger(id) && (id as number) > 0 && (id as number) < 2 ** 31, 'a pid or tid is no number');
  }
  // An empty name becomes "[No name]"; an event without a category is found by no filter.
  need(typeof name === 'string' && name !== '', 'a name is no string');
  need(cat === undefined || (typeof cat === 'string' && cat !== ''), 'a category is no string');
  if (ph !== 'M') {
    // The tokenizer drops an event without a time. We write none below zero: the trace's clock has none.
    need(typeof ts === 'number' && Number.isFinite(ts) && ts >= 0, 'a time is no number');
    need(Math.abs(nanos(ts) - (ts as number) * 1_000) < 1e-3, 'a time is no whole nanosecond');
  }
  switch (ph) {
    case 'M':
      if (name === 'process_name' || name === 'thread_name') {
        need(typeof args.name === 'string' && args.name !== '', 'an empty name is an error');
      } else if (name === 'process_sort_index' || name === 'thread_sort_index') {
        need(Number.isInteger(args.sort_index), 'a sort index is no number');
      } else {
        need(false, 'metadata that is not read');
      }
      break;
    case 'X':
    case 'T':
      // "if (event.dur == max) RecordEventError"; a negative duration is `slice_negative_duration`.
      need(typeof dur === 'number' && Number.isFinite(dur) && dur >= 0, 'a duration is no number');
      if (ph === 'X') break;
      need(['Running', 'R', 'R+', 'S', 'D'].includes(name as string), 'no state of a thread');
      need((dur as number) > 0, 'a state without a length');
      // Read with `get_if<int64_t>`: a fraction is ignored. One CPU too many is a PERFETTO_CHECK.
      need(args.cpu === undefined || (Number.isInteger(args.cpu) && name === 'Running'), 'no CPU');
      need(
        args.cpu === undefined || ((args.cpu as number) >= 0 && (args.cpu as number) < 4_096),
        'no such CPU',
      );
      break;
    case 'C':
      need(Object.keys(args).length > 0, 'a counter without a value');
      need(Object.values(args).every(Number.isFinite), 'a counter that is no number');
      break;
    case 'i':
      need(event.s === 't' || event.s === 'p', 'an instant of nobody');
      break;
    case 's':
    case 'f':
      // `ExtractId` takes a whole number, or a string of hexadecimal digits.
      need(Number.isInteger(event.id), 'an arrow without a number');
      need(ph === 's' || event.bp === 'e', 'an end that waits for the next slice');
      break;
    default:
      need(false, 'a phase that we do not write');
  }
  return broken;
}

/** The stack of slices of each thread's track, as `MaybeCloseStack` keeps it, and what arrows are bound to. */
function sliceAndFlowRules(sorted: readonly RawEvent[]): string[] {
  const broken: string[] = [];
  const stacks = new Map<
    unknown,
    { readonly event: RawEvent; readonly from: number; readonly to: number }[]
  >();
  const open = new Map<string, RawEvent>();
  const ended = new Set<string>();
  for (const event of sorted) {
    const { ph } = event;
    const stack = stacks.get(event.tid) ?? [];
    stacks.set(event.tid, stack);
    const from = nanos(event.ts);
    if (ph === 'X' || (ph === 'i' && event.s === 't')) {
      const dur = ph === 'X' ? nanos(event.dur) : 0;
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const isInstantOnInstant = top.from === top.to && dur === 0;
        if (top.to < from || (top.to === from && !isInstantOnInstant)) stack.pop();
        else break;
      }
      if (stack.some((slice) => from < slice.to && from + dur > slice.to)) {
        broken.push(`slices of one track overlap: ${JSON.stringify(event)}`);
      }
      stack.push({ event, from, to: from + dur });
    }
    if (ph !== 's' && ph !== 'f') continue;
    // An id counts together with category and name: `GetFlowIdForV1Event`.
    const id = `${event.cat} ${event.name} ${event.id}`;
    const top = stack.at(-1);
    // `GetTopmostSliceOnTrack`: what is on the stack, though it may have ended. Here it must not have.
    if (top === undefined || top.from > from || top.to < from || top.event.name !== 'running') {
      broken.push(`an end of an arrow outside of a poll: ${JSON.stringify(event)}`);
    }
    if (ph === 's') {
      if (open.has(id)) broken.push(`flow_duplicate_id: ${id}`);
      open.set(id, event);
    } else {
      if (!open.has(id)) broken.push(`flow_end_without_start: ${id}`);
      if (ended.has(id)) broken.push(`two ends of one arrow: ${id}`);
      ended.add(id);
    }
  }
  const lost = [...open.keys()].filter((id) => !ended.has(id));
  return [...broken, ...lost.map((id) => `an arrow that does not end: ${id}`)];
}

/** A CPU has one thread: the importer would put slices of two upon each other. */
function cpuRules(sorted: readonly RawEvent[]): string[] {
  const until = new Map<unknown, number>();
  return sorted.flatMap((event) => {
    const cpu = event.args?.cpu;
    if (event.ph !== 'T' || cpu === undefined) return [];
    const isOverlap = (until.get(cpu) ?? 0) > nanos(event.ts);
    until.set(cpu, nanos(event.ts) + nanos(event.dur));
    return isOverlap ? [`two threads on one CPU: ${JSON.stringify(event)}`] : [];
  });
}

/** A thread has one state. */
function threadStateRules(sorted: readonly RawEvent[]): string[] {
  const until = new Map<unknown, number>();
  return sorted.flatMap((event) => {
    if (event.ph !== 'T') return [];
    const isOverlap = (until.get(event.tid) ?? 0) > nanos(event.ts);
    until.set(event.tid, nanos(event.ts) + nanos(event.dur));
    return isOverlap ? [`two states of one thread: ${JSON.stringify(event)}`] : [];
  });
}

/** `UpdateThread` looks for a thread by its tid first: one that is in two processes is two threads with one number. */
function processOfThread(events: readonly RawEvent[]): string[] {
  const processes = new Map<unknown, unknown>();
  return events.flatMap(({ pid, tid }) => {
    const known = processes.get(tid) ?? pid;
    processes.set(tid, known);
    return known === pid ? [] : [`thread ${tid} is in the processes ${known} and ${pid}`];
  });
}
