import { safeInspect } from '../../base/safe-inspect.js';
import type { TraceEvent } from '../../trace/trace-event.js';
import { listOf, type SeenRun } from './seen-run.js';

/**
 * Something that happens to a task: `'spawn:a'`, `'poll:a'`, `'wake:a'`, `'abort:a'`, `'settle:a'`, with the task's
 * name or key; or a moment that the program named: `'mark:ready'`.
 */
export type TraceStep = `${(typeof VERBS)[number]}:${string}`;

const VERBS = ['spawn', 'poll', 'wake', 'abort', 'settle', 'mark'] as const;

/** Throws unless these happened in this order. A step that is written again is its next time. */
export function checkOrder(seen: SeenRun, steps: readonly TraceStep[]): void {
  const parsed = steps.map((step) => parse(step));
  const expected = `the order ${steps.join(', ')}`;
  const tasks = parsed.flatMap(({ verb, name }) => (verb === 'mark' ? [] : seen.tasksOf('order', name)));
  const shown = { tasks: [...new Set(tasks.map(({ lane }) => lane))] };
  seen.checkComplete(expected, shown);
  const happened = steps.map((step, at) => {
    const time = steps.slice(0, at).filter((other) => other === step).length;
    return { step, place: placesOf(seen, parsed[at]!)[time] };
  });
  const never = happened.filter(({ place }) => place === undefined).map(({ step }) => step);
  if (never.length > 0) seen.fail(expected, `${listOf(never)} did not happen${timesIn(steps)}`, shown);
  const inTime = [...happened].sort((one, other) => one.place! - other.place!).map(({ step }) => step);
  if (inTime.some((step, at) => step !== steps[at]))
    seen.fail(expected, `it was ${inTime.join(', ')}`, shown);
}

interface ParsedStep {
  readonly verb: (typeof VERBS)[number];
  readonly name: string;
}

function parse(step: unknown): ParsedStep {
  const [, word, name] = /^([a-z]+):(.+)$/s.exec(String(step)) ?? [];
  const verb = VERBS.find((known) => known === word);
  if (typeof step === 'string' && verb !== undefined && name !== undefined) return { verb, name };
  throw new TypeError(
    `order: expected a step such as 'spawn:name' (${VERBS.join(', ')}), got ${safeInspect(step, 100)}`,
  );
}

/** The places among all events at which it happened. */
function placesOf(seen: SeenRun, { verb, name }: ParsedStep): readonly number[] {
  const keys = verb === 'mark' ? [] : seen.tasksOf('order', name).map(({ lane }) => lane.task);
  const isIt = (event: TraceEvent): boolean => {
    if (event.k !== verb) return false;
    return event.k === 'mark' ? event.name === name : 'task' in event && keys.includes(event.task);
  };
  return seen.events.flatMap((event, place) => (isIt(event) ? [place] : []));
}

function timesIn(steps: readonly TraceStep[]): string {
  return new Set(steps).size === steps.length ? '' : ' so often';
}
