import type { Trace, TraceEvent, TraceRun } from '@heddle/runtime/trace';
import fc from 'fast-check';

/** Recordings as a program might have made them, for properties that hold of all. */

const count = fc.nat();
const time = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
const task = fc.tuple(fc.nat(64), fc.nat(9_999)).map(([thread, id]) => `${thread}:${id}` as const);
// Names are the program's, and a program may call a task anything.
const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('a\nb', '</script>', '\u2028', '\ud800'),
);
const maybe: { requiredKeys: [] } = { requiredKeys: [] };

function event<K extends TraceEvent['k'], A extends object, B extends object>(
  k: K,
  all: { [F in keyof A]: fc.Arbitrary<A[F]> },
  some: { [F in keyof B]: fc.Arbitrary<B[F]> } = {} as never,
): fc.Arbitrary<TraceEvent> {
  return fc
    .tuple(time, fc.record(all), fc.record<B>(some, maybe))
    .map(([t, must, may]) => ({ t, k, ...must, ...may }) as unknown as TraceEvent);
}

const thread = fc.nat(64);
const tid = fc.nat(99_999);
const by = fc.oneof(tid, fc.constant('other' as const));

const anEvent: fc.Arbitrary<TraceEvent> = fc.oneof(
  event('spawn', { thread, task }, { by: task, name, at: name, early: fc.constant(true) }),
  event('poll', { thread, task, ready: count }),
  event(
    'pend',
    { thread, task, end: fc.constantFrom('yielded', 'suspended', 'settled', 'unseen') },
    { on: name, of: task },
  ),
  event('wake', { thread, task }, { by: task }),
  event('abort', { thread, task }, { by: task }),
  event('settle', { thread, task, end: fc.constantFrom('value', 'panic', 'cancelled', 'crash') }),
  event('thread', { thread, name }, { tid, job: task }),
  event('park', { thread }),
  event('unpark', { thread }),
  event('exit', { thread }),
  event('mark', { thread, name }),
  event('on', { tid, cpu: count }),
  event('off', {
    tid,
    cpu: count,
    why: fc.constantFrom('preempted', 'asleep', 'disk', 'exited'),
    by: fc.oneof(by, fc.constant('idle')),
  }),
  event('waking', { tid, by: fc.oneof(by, fc.constant('interrupt')) }),
  event('migrate', { tid, from: count, to: count }),
  event('fork', { tid, by }),
  event('gone', { tid }),
  event('count', {
    tid,
    cpu: count,
    runNs: count,
    waitNs: count,
    slices: count,
    voluntary: count,
    involuntary: count,
  }),
);

const run: fc.Arbitrary<TraceRun> = fc
  .tuple(
    fc.record({
      label: name,
      pid: count,
      level: fc.constantFrom('exact' as const, 'counted' as const, 'process' as const),
      cpus: count,
      endNs: time,
      lost: fc.record({ events: count, threads: count, kernel: count }),
      events: fc.array(anEvent).map((events) => events.sort((a, b) => a.t - b.t)),
    }),
    fc.record(
      {
        levelBecause: name,
        othersUsed: fc.double({ min: 0, max: 1, noNaN: true }).map((part) => part + 0),
        threadNames: fc.dictionary(tid.map(String), name),
        usage: fc.record({ cpuNs: count, voluntary: count, involuntary: count }),
      },
      maybe,
    ),
  )
  .map(([must, may]) => ({ ...must, ...may }));

export const someTrace: fc.Arbitrary<Trace> = fc.record({
  program: name,
  node: name,
  platform: name,
  kernel: name,
  runs: fc.array(run, { maxLength: 3 }),
});
