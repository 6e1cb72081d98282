import { parseTrace, type Trace, type TraceRun, traceOf, traceText } from '@heddle/runtime/trace';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { someTrace } from './some-traces.js';

test('what was written is read again, whatever it was', () => {
  fc.assert(
    fc.property(someTrace, (trace) => {
      expect(parseTrace(traceText(trace))).toEqual(trace);
    }),
  );
});

test('a recording is a header and a line for each event, which says whose it is', () => {
  expect(traceText(small)).toBe(
    `${[
      '{"heddleTrace":1,"program":"one","node":"v20.0.0","platform":"linux","kernel":"6.1","runs":[' +
        '{"label":"tasks","pid":7,"level":"process","cpus":2,"endNs":9,"lost":{"events":0,"threads":0,"kernel":0},"events":2},' +
        '{"label":"threads","pid":7,"level":"process","cpus":2,"endNs":9,"lost":{"events":0,"threads":0,"kernel":0},"events":1}]}',
      '{"run":0,"t":0,"k":"spawn","thread":0,"task":"0:1"}',
      '{"run":0,"t":3,"k":"poll","thread":0,"task":"0:1","ready":0}',
      '{"run":1,"t":-4,"k":"thread","thread":0,"name":"main"}',
    ].join('\n')}\n`,
  );
});

test('a last line that is not ended is read, and one that is half there is not', () => {
  const text = traceText(small);
  expect(parseTrace(text.slice(0, -1))).toEqual(small);
  expect(() => parseTrace(text.slice(0, -3))).toThrow(
    new SyntaxError(
      `parseTrace: line 4: it is no JSON: '{"run":1,"t":-4,"k":"thread","thread":0,"name":"main'`,
    ),
  );
});

test('a text that was cut between two lines is noticed', () => {
  const lines = traceText(small).split('\n');
  expect(() => parseTrace(lines.slice(0, 2).join('\n'))).toThrow(
    new SyntaxError(
      'parseTrace: run 0 has 1 events where its header says 2: the text was cut off, or changed.',
    ),
  );
});

test('a version that is not known is refused, and it is said what to do', () => {
  expect(() => parseTrace(traceText(small).replace('"heddleTrace":1', '"heddleTrace":2'))).toThrow(
    new SyntaxError(
      'parseTrace: line 1: this is version 2 of the format, and this heddle reads version 1: read it with the version that wrote it, or record again',
    ),
  );
});

test.each([
  ['"k":"spawn"', '"k":"toString"', "line 2: k must be a kind of event, got 'toString'"],
  ['"t":3', '"t":3.5', 'line 3: t must be whole nanoseconds, got 3.5'],
  ['"t":3', '"t":-1', 'line 3: t must not be less than that of the event before, 0, got -1'],
  ['"task":"0:1","ready"', '"task":"7","ready"', "line 3: task must be a task as '0:7', got '7'"],
  ['"ready":0', '"ready":-1', 'line 3: ready must be a whole number of at least 0, got -1'],
  ['"ready":0', '"redy":0', 'line 3: ready must be a whole number of at least 0, got undefined'],
  ['"ready":0', '"ready":0,"__proto__":1', "line 3: there is no field '__proto__'"],
  ['"run":1', '"run":2', 'line 4: run must be the number of a run, got 2'],
  [
    '"level":"process"',
    '"level":"guess"',
    "line 1: level must be 'exact' or 'counted' or 'process', got 'guess'",
  ],
  ['"threads":0', '"threads":"0"', "line 1: threads must be a whole number of at least 0, got '0'"],
  ['"program":"one",', '', 'line 1: program must be a text, got undefined'],
  ['"heddleTrace":1,', '', 'line 1: it should be the header of a recording, with a field heddleTrace'],
  ['{"run":0,"t":3', '[{"run":0,"t":3', /line 3: it is no JSON: /],
])('%s written as %s is an error that says where', (right, wrong, message) => {
  const parse = (): Trace => parseTrace(traceText(small).replace(right, wrong));
  expect(parse).toThrow(typeof message === 'string' ? new SyntaxError(`parseTrace: ${message}`) : message);
});

test('a recording that is put together here says on what it was made, and no more', () => {
  const { program, node, platform, kernel, runs } = traceOf('one', small.runs);
  expect({ program, node, platform, runs }).toEqual({
    program: 'one',
    node: process.version,
    platform: process.platform,
    runs: small.runs,
  });
  expect(kernel).toMatch(/^[\d.]+$/);
});

const base: Omit<TraceRun, 'label' | 'events'> = {
  pid: 7,
  level: 'process',
  cpus: 2,
  endNs: 9,
  lost: { events: 0, threads: 0, kernel: 0 },
};

const small: Trace = {
  program: 'one',
  node: 'v20.0.0',
  platform: 'linux',
  kernel: '6.1',
  runs: [
    {
      label: 'tasks',
      ...base,
      events: [
        { t: 0, k: 'spawn', thread: 0, task: '0:1' },
        { t: 3, k: 'poll', thread: 0, task: '0:1', ready: 0 },
      ],
    },
    { label: 'threads', ...base, events: [{ t: -4, k: 'thread', thread: 0, name: 'main' }] },
  ],
};
