import { safeInspect } from '../../base/safe-inspect.js';
import type { TaskKey, TraceEvent } from '../trace-event.js';
import {
  count,
  type Field,
  type Optional,
  oneOf,
  optional,
  readShape,
  type Shape,
  text,
  time,
  Wrong,
} from './shape.js';

type Kind = TraceEvent['k'];
type EventOf<K extends Kind> = Extract<TraceEvent, { k: K }>;

const task: Field<TaskKey> = {
  what: "a task as '0:7'",
  fits: (value): value is TaskKey => typeof value === 'string' && /^\d+:\d+$/.test(value),
};

const yes: Field<true> = { what: 'true', fits: (value): value is true => value === true };

/** A thread by its tid, where it is one of ours. */
function threadOr<const T extends string>(...words: readonly T[]): Field<number | T> {
  const word = oneOf(...words);
  return {
    what: `the tid of a thread or ${word.what}`,
    fits: (value): value is number | T => count.fits(value) || word.fits(value),
  };
}

const on = { t: time, thread: count };
const kernel = { t: time, tid: count };
const inferred: Optional<true> = optional({ what: 'true', fits: (value): value is true => value === true });

/** The fields of each kind of event, as trace-event.ts has them; the compiler compares the two. */
const SHAPES: { readonly [K in Kind]: Shape<Omit<EventOf<K>, 'k'>> } = {
  spawn: { ...on, task, by: optional(task), name: optional(text), at: optional(text), early: optional(yes) },
  poll: { ...on, task, ready: count },
  pend: {
    ...on,
    task,
    end: oneOf('yielded', 'suspended', 'settled', 'unseen'),
    on: optional(text),
    of: optional(task),
  },
  wake: { ...on, task, by: optional(task) },
  abort: { ...on, task, by: optional(task) },
  settle: { ...on, task, end: oneOf('value', 'panic', 'cancelled', 'crash') },
  thread: { ...on, name: text, tid: optional(count), job: optional(task) },
  park: on,
  unpark: on,
  exit: on,
  mark: { ...on, name: text },
  on: { ...kernel, cpu: count, inferred },
  off: {
    ...kernel,
    cpu: count,
    why: oneOf('preempted', 'asleep', 'disk', 'exited'),
    by: threadOr('other', 'idle'),
    inferred,
  },
  waking: { ...kernel, by: threadOr('other', 'interrupt') },
  migrate: { ...kernel, from: count, to: count },
  fork: { ...kernel, by: threadOr('other') },
  gone: kernel,
  count: {
    ...kernel,
    cpu: count,
    runNs: count,
    waitNs: count,
    slices: count,
    voluntary: count,
    involuntary: count,
  },
};

/** Makes an event of what is in `data`. Throws a `Wrong`. */
export function readEvent({ k, ...data }: Readonly<Record<string, unknown>>): TraceEvent {
  if (typeof k !== 'string' || !Object.hasOwn(SHAPES, k)) {
    throw new Wrong(`k must be a kind of event, got ${safeInspect(k, 100)}`);
  }
  const kind = k as Kind;
  return { k: kind, ...readShape<object>(SHAPES[kind], data) } as TraceEvent;
}
