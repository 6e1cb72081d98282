import type {
  KernelEvent,
  TaskEvent,
  TaskKey,
  ThreadEvent,
  TraceEvent,
  TraceRun,
} from '@heddle/runtime/trace';
import fc from 'fast-check';

/** Few of each, so that they meet. */
const t = fc.integer({ min: -5, max: 60 });
const place = fc.integer({ min: 0, max: 2 });
const tid = fc.integer({ min: 100, max: 103 });
const cpu = fc.integer({ min: 0, max: 1 });
const key = fc.tuple(place, fc.integer({ min: 1, max: 3 })).map(([thread, id]): TaskKey => `${thread}:${id}`);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const anyTaskEvent: fc.Arbitrary<TaskEvent> = fc
  .record({
    k: fc.constantFrom('spawn', 'poll', 'poll', 'pend', 'pend', 'wake', 'abort', 'settle'),
    t,
    thread: place,
    task: key,
    by: maybe(key),
    pollEnd: fc.constantFrom('yielded', 'suspended', 'settled', 'unseen'),
    taskEnd: fc.constantFrom('value', 'panic', 'cancelled', 'crash'),
  })
  .map(({ k, t, thread, task, by, pollEnd, taskEnd }): TaskEvent => {
    const on = { t, thread, task };
    if (k === 'poll') return { ...on, k, ready: 0 };
    if (k === 'pend') return { ...on, k, end: pollEnd, on: 'something' };
    if (k === 'settle') return { ...on, k, end: taskEnd };
    return { ...on, k, ...(by !== undefined && { by }) };
  });

const anyThreadEvent: fc.Arbitrary<ThreadEvent> = fc
  .record({
    k: fc.constantFrom('thread', 'park', 'unpark', 'exit'),
    t,
    thread: place,
    tid: maybe(tid),
    job: maybe(key),
  })
  .map(({ k, t, thread, tid, job }): ThreadEvent => {
    if (k !== 'thread') return { k, t, thread };
    return { k, t, thread, name: `t${thread}`, ...(tid && { tid }), ...(job && { job }) };
  });

const anyKernelEvent: fc.Arbitrary<KernelEvent> = fc
  .record({
    k: fc.constantFrom('on', 'on', 'off', 'off', 'waking', 'migrate', 'fork', 'gone'),
    t,
    tid,
    cpu,
    to: cpu,
    by: fc.oneof(tid, fc.constant('other' as const)),
    why: fc.constantFrom('preempted', 'asleep', 'disk', 'exited'),
  })
  .map(({ k, t, tid, cpu, to, by, why }): KernelEvent => {
    if (k === 'on') return { k, t, tid, cpu };
    if (k === 'off') return { k, t, tid, cpu, why, by };
    if (k === 'migrate') return { k, t, tid, from: cpu, to };
    if (k === 'gone') return { k, t, tid };
    return { k, t, tid, by };
  });

const anyCount = fc
  .record({ t, tid, cpu, runNs: t, waitNs: t, slices: t, voluntary: t, involuntary: t })
  .map((count): TraceEvent => ({ k: 'count', ...count }));

const anyMark = t.map((t): TraceEvent => ({ k: 'mark', t, thread: 0, name: 'here' }));

/** A run of events that contradict each other, in the order of their times or in none. */
export const anyRun: fc.Arbitrary<TraceRun> = fc
  .record({
    events: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: anyTaskEvent },
        { weight: 6, arbitrary: anyKernelEvent },
        { weight: 2, arbitrary: anyThreadEvent },
        { weight: 1, arbitrary: anyCount },
        { weight: 1, arbitrary: anyMark },
      ),
      { maxLength: 60, size: 'max' },
    ),
    sorted: fc.boolean(),
    level: fc.constantFrom('exact', 'exact', 'counted', 'process'),
    endNs: fc.oneof(t, fc.constant(Number.NaN)),
    lost: fc.nat(1),
  })
  .map(({ events, sorted, level, endNs, lost }) => ({
    label: 'any',
    pid: 100,
    level,
    cpus: 2,
    endNs,
    lost: { events: 0, threads: 0, kernel: lost },
    events: sorted ? events.sort((one, other) => one.t - other.t) : events,
  }));
