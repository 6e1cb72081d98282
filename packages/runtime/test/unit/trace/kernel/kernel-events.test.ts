import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FtraceLine, parseFtraceLine } from '../../../../src/trace/kernel/ftrace/ftrace-line.js';
import { kernelEvents } from '../../../../src/trace/kernel/ftrace/kernel-events.js';
import { parseFtrace } from '../../../../src/trace/kernel/ftrace/parse-ftrace.js';
import { outOfTurn } from '../../../trace/kernel/take-turns.js';

const OURS = [11, 12, 13];
const OTHERS = [21, 22];
const CPUS = [0, 1];

/**
 * What a kernel might do, step by step: a number of a step chooses among what is possible then. Each moment is one
 * microsecond after the one before, so no two events are at one time but the two of a switch.
 */
function schedule(steps: readonly number[]): FtraceLine[] {
  const lines: FtraceLine[] = [];
  const on = new Map<number, number>(CPUS.map((cpu) => [cpu, 0]));
  const ready = new Set([...OURS, ...OTHERS]);
  const asleep = new Set<number>();
  for (const [at, step] of steps.entries()) {
    const cpu = CPUS[step % 2] as number;
    const currentTid = on.get(cpu) ?? 0;
    const stamp = { atNs: at * 1000, cpu, currentTid, inInterrupt: currentTid === 0 };
    const sleeper = [...asleep][step % (asleep.size || 1)];
    const next = [...ready][step % (ready.size || 1)];
    if (step % 3 === 0 && sleeper !== undefined) {
      asleep.delete(sleeper);
      ready.add(sleeper);
      lines.push({ ...stamp, kind: 'waking', woken: named(sleeper) });
    } else if (currentTid !== 0 || next !== undefined) {
      const state = currentTid === 0 || step % 5 < 2 ? 'R' : step % 5 < 4 ? 'S' : 'D';
      if (next !== undefined) ready.delete(next);
      if (currentTid !== 0) (state === 'R' ? ready : asleep).add(currentTid);
      on.set(cpu, next ?? 0);
      lines.push({ ...stamp, kind: 'switch', prev: named(currentTid), state, next: named(next ?? 0) });
    }
  }
  return lines;
}

const named = (tid: number) => ({ tid, comm: tid === 0 ? 'swapper' : `t${tid}` });
const steps = fc.array(fc.nat(1000), { maxLength: 300 });
const concernsOurs = (line: FtraceLine) =>
  (line.kind === 'switch' && (OURS.includes(line.prev.tid) || OURS.includes(line.next.tid))) ||
  (line.kind === 'waking' && (OURS.includes(line.currentTid) || OURS.includes(line.woken.tid)));

describe('the events of threads', () => {
  test('take turns, and none is inferred, where the kernel tells all that concerns them', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { events } = kernelEvents(schedule(given).filter(concernsOurs), OURS);
        expect(outOfTurn(events)).toEqual([]);
        expect(events.filter((event) => 'inferred' in event)).toEqual([]);
      }),
    );
  });

  test('take turns also where it leaves out switches', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(3)), (given, chances) => {
        const lines = schedule(given)
          .filter(concernsOurs)
          .filter((line) => line.kind !== 'switch' || chances.next().value !== 0);
        expect(outOfTurn(kernelEvents(lines, OURS).events)).toEqual([]);
      }),
    );
  });

  test('take turns from any moment on', () => {
    fc.assert(
      fc.property(steps, fc.nat(300), (given, from) => {
        const { events } = kernelEvents(schedule(given).filter(concernsOurs), OURS, from * 1000);
        expect(outOfTurn(events)).toEqual([]);
        expect(events.every(({ t }) => t >= from * 1000)).toBe(true);
      }),
    );
  });

  test('speak of nobody else', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { events, threadNames } = kernelEvents(schedule(given), OURS);
        for (const event of events) {
          const numbers = [event.tid, 'by' in event ? event.by : 'nobody'];
          for (const number of numbers) if (typeof number === 'number') expect(OURS).toContain(number);
        }
        for (const tid of Object.keys(threadNames)) expect(OURS).toContain(Number(tid));
      }),
    );
  });
});

describe('what the kernel leaves out', () => {
  const at = (us: number, cpu: number, currentTid: number) => ({
    atNs: us * 1000,
    cpu,
    currentTid,
    inInterrupt: currentTid === 0,
  });
  const leaves = (us: number, cpu: number, tid: number, state: string, next: number): FtraceLine => ({
    ...at(us, cpu, tid),
    kind: 'switch',
    prev: named(tid),
    state,
    next: named(next),
  });
  const wakes = (us: number, cpu: number, tid: number, woken: number): FtraceLine => ({
    ...at(us, cpu, tid),
    kind: 'waking',
    woken: named(woken),
  });

  test('a CPU that is idle no longer: its thread came when it wanted to', () => {
    const lines = [leaves(1, 1, 11, 'S', 0), wakes(5, 0, 12, 11), leaves(9, 1, 11, 'S', 0)];
    expect(kernelEvents(lines, OURS).events.slice(1)).toEqual([
      { k: 'waking', t: 5000, tid: 11, by: 12 },
      { k: 'on', t: 5000, tid: 11, cpu: 1, inferred: true },
      { k: 'off', t: 9000, tid: 11, cpu: 1, why: 'asleep', by: 'idle' },
    ]);
  });

  test('that another program took a CPU: what became of the thread shows later', () => {
    const came = leaves(1, 0, 0, 'R', 11);
    const lost = { k: 'off', t: 3000, tid: 11, cpu: 0, by: 'other', inferred: true };
    const slept = kernelEvents([came, wakes(3, 0, 21, 12), wakes(5, 1, 13, 11)], OURS).events;
    expect(slept).toContainEqual({ ...lost, why: 'asleep' });
    const ran = kernelEvents([came, wakes(3, 0, 21, 12), leaves(5, 0, 21, 'S', 11)], OURS).events;
    expect(ran).toContainEqual({ ...lost, why: 'preempted' });
  });

  test('the one waking of a thread came before it was off its CPU', () => {
    const lines = [
      leaves(1, 0, 0, 'R', 11),
      wakes(2, 1, 12, 11),
      leaves(3, 0, 11, 'S', 0),
      leaves(4, 0, 0, 'R', 11),
    ];
    expect(kernelEvents(lines, OURS).events.slice(1)).toEqual([
      { k: 'off', t: 3000, tid: 11, cpu: 0, why: 'asleep', by: 'idle' },
      { k: 'waking', t: 3000, tid: 11, by: 12 },
      { k: 'on', t: 4000, tid: 11, cpu: 0 },
    ]);
  });

  test('one such waking is none when another follows', () => {
    const lines = [
      leaves(1, 0, 0, 'R', 11),
      wakes(2, 1, 12, 11),
      leaves(3, 0, 11, 'S', 0),
      wakes(7, 1, 0, 11),
      leaves(8, 0, 0, 'R', 11),
    ];
    expect(kernelEvents(lines, OURS).events.filter(({ k }) => k === 'waking')).toEqual([
      { k: 'waking', t: 7000, tid: 11, by: 'interrupt' },
    ]);
  });
});

const PIECES = [
  ...[
    '            node-11      ',
    '[001] d..2. ',
    '7.000001: ',
    'sched_waking: ',
    'sched_switch: ',
    'comm=',
    'node',
  ],
  ...[
    ' pid=11 ',
    'prio=120 ',
    'target_cpu=001',
    '#',
    'CPU:1 [LOST 7 EVENTS]',
    '\0',
    '\r',
    'é',
    ' ',
    '-',
    '1e999',
  ],
];

describe('any text', () => {
  test('is read without a throw, and each line of it is one that was read, or counted, or empty', () => {
    const odd = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 20 }), (texts) => {
        const { lines, malformed } = parseFtrace(texts.join('\n'));
        expect(lines.length + malformed).toBeLessThanOrEqual(texts.join('\n').split('\n').length);
        kernelEvents(lines, OURS);
      }),
    );
  });

  test('as the name of a thread is read as it is, whatever it looks like', () => {
    const pieces = fc.constantFrom(
      ' ',
      '=>',
      '==>',
      '-1',
      '[000]',
      'pid=7',
      ' prev_pid=7',
      'x',
      ':',
      ' 1.000000: ',
      '@',
      '\r',
    );
    const name = fc.array(pieces).map((parts) => parts.join('').slice(0, 15));
    fc.assert(
      fc.property(name, name, (comm, comm2) => {
        const text = `${comm.padStart(16)}-12      [001] d..2. 7.000001: sched_switch: prev_comm=${comm} prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=${comm2} next_pid=22 next_prio=120`;
        expect(parseFtraceLine(text)).toMatchObject({
          currentTid: 12,
          cpu: 1,
          prev: { tid: 12, comm },
          next: { tid: 22, comm: comm2 },
        });
      }),
    );
  });
});
