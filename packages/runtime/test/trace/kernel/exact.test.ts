import { type CountedEvent, type KernelEvent, type KernelSide, recordKernel } from '@heddle/runtime/trace';
import { describe, expect, test, vi } from 'vitest';
import { type Child, run } from './child.js';
import { hasNoInstance, instancesOf, recordersOf } from './recorders.js';
import { outOfTurn } from './take-turns.js';
import { noTrace } from './why-skipped.js';

// Each starts three processes or more, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 60_000 });

const skipped = noTrace === false ? '' : ` (skipped: ${noTrace})`;

describe.skipIf(noTrace)(`level exact${skipped}`, () => {
  test('sees each preemption of threads that share a CPU', async () => {
    const { child, tids } = await busyOnOneCpu();
    const recording = await recordKernel({ pid: child.pid });
    expect(recording).toMatchObject({ level: 'exact' });
    child.process.stdin.write('go\n');
    expect(await child.line()).toBe('done');
    const side = await recording.stop();

    expect(side).toMatchObject({ level: 'exact', lost: 0, malformed: 0 });
    expect(side).not.toHaveProperty('levelBecause');
    for (const tid of tids) {
      const preempted = exactly(side).filter(
        (event) => event.k === 'off' && event.tid === tid && event.why === 'preempted',
      );
      expect(preempted.length).toBeGreaterThanOrEqual(3);
    }
    const onCpus = exactly(side).flatMap((event) => (event.k === 'on' ? event.cpu : []));
    expect(new Set(onCpus)).toEqual(new Set([0]));
    expect(outOfTurn(exactly(side))).toEqual([]);
  });

  test('names the threads of the process and no others', async () => {
    const { child, tids } = await busyOnOneCpu();
    const recording = await recordKernel({ pid: child.pid });
    child.process.stdin.write('go\n');
    await child.line();
    const { events, threadNames } = await recording.stop();

    const known = Object.keys(threadNames).map(Number);
    expect(known).toEqual(expect.arrayContaining([child.pid, ...tids]));
    const numbers = (events as KernelEvent[]).flatMap((event) => [
      event.tid,
      'by' in event ? event.by : 'none',
    ]);
    expect(numbers.filter((one) => typeof one === 'number' && !known.includes(one))).toEqual([]);
  });

  test('sees a thread from its making on until it leaves its CPU, on the clock of process.hrtime', async () => {
    const before = Number(process.hrtime.bigint());
    const seen = JSON.parse(await run('itself.mjs', ['exact']).line()) as KernelSide & Itself;
    const after = Number(process.hrtime.bigint());

    const life = exactly(seen).filter((event) => event.tid === seen.tid);
    expect(life[0]).toMatchObject({ k: 'fork', by: seen.pid });
    expect(life[1]).toMatchObject({ k: 'waking', by: seen.pid });
    expect(life[2]).toMatchObject({ k: 'on' });
    // It leaves /proc a moment before its last switch, which the end of the trace may cut off.
    expect(['gone', 'off']).toContain(life.at(-1)?.k);
    expect(life.every(({ t }) => t > before && t < after)).toBe(true);
    expect(outOfTurn(exactly(seen))).toEqual([]);
  });

  test('takes a program that was started for another one', async () => {
    const recording = await recordKernel();
    const child = run('none.mjs');
    await child.ended;
    const { events, threadNames } = await recording.stop();
    expect(threadNames).toHaveProperty(String(process.pid));
    expect(threadNames).not.toHaveProperty(String(child.pid));
    expect((events as KernelEvent[]).filter(({ tid }) => tid === child.pid)).toEqual([]);
  });

  test('counts what the buffer was too small for, and gives what is whole', async () => {
    const { child } = await busyOnOneCpu();
    const recording = await recordKernel({ pid: child.pid, bufferKb: 4 });
    child.process.stdin.write('go\n');
    await child.line();
    for (let turn = 0; turn < 100; turn += 1) {
      child.process.stdin.write('again\n');
      await child.line();
    }
    const side = await recording.stop();
    expect(side.lost).toBeGreaterThan(0);
    expect(outOfTurn(exactly(side))).toEqual([]);
  });
});

describe.skipIf(noTrace)(`nothing is left in the kernel${skipped}`, () => {
  test('after the recording', async () => {
    const { recorder, recording } = await recordedChild();
    expect(instancesOf(recorder)).toHaveLength(1);
    await recording.stop();
    expect(instancesOf(recorder)).toEqual([]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'after a %s to the recorder, which gives what it has seen',
    async (signal) => {
      const { recorder, recording, child } = await recordedChild();
      child.process.stdin.write('go\n');
      await child.line();
      process.kill(recorder, signal);
      await hasNoInstance(recorder);
      const { level, events } = await recording.stop();
      expect(level).toBe('exact');
      expect(events.length).toBeGreaterThan(0);
    },
  );

  test('after the program was killed, whose threads are all gone then', async () => {
    const { recorder, recording, child } = await recordedChild();
    child.process.kill('SIGKILL');
    await child.ended;
    await hasNoInstance(recorder);
    const side = await recording.stop();
    expect(side.level).toBe('exact');
    expect(exactly(side).filter(({ k }) => k === 'gone').length).toBeGreaterThan(0);
    expect(outOfTurn(exactly(side))).toEqual([]);
  });

  test('after whoever started the recorder was killed', async () => {
    const { child } = await busyOnOneCpu();
    const starter = run('starter.mjs', [String(child.pid)]);
    expect(await starter.line()).toBe('exact');
    const [recorder] = recordersOf(starter.pid) as [number];
    expect(instancesOf(recorder)).toHaveLength(1);
    starter.process.kill('SIGKILL');
    await hasNoInstance(recorder);
  });

  test('after the next recording, when a recorder was killed; and that one says so', async () => {
    const { recorder, recording } = await recordedChild();
    process.kill(recorder, 'SIGKILL');
    expect(await recording.stop()).toEqual({
      level: 'process',
      levelBecause: 'the process that watches ended too early: SIGKILL',
      events: [],
      threadNames: {},
      lost: 0,
      malformed: 0,
      othersUsed: undefined,
    });
    expect(instancesOf(recorder)).toHaveLength(1);
    await (await recordKernel()).stop();
    expect(instancesOf(recorder)).toEqual([]);
  });
});

/** What modules/itself.mjs says of itself. */
interface Itself {
  readonly pid: number;
  readonly tid: number;
}

/** What level exact gives. */
function exactly({ events }: { readonly events: readonly (KernelEvent | CountedEvent)[] }): KernelEvent[] {
  return events.filter((event): event is KernelEvent => event.k !== 'count');
}

async function busyOnOneCpu(): Promise<{ readonly child: Child; readonly tids: readonly number[] }> {
  const child = run('busy.mjs', [], ['taskset', '-c', '0']);
  const [, ...tids] = (await child.line()).split(' ');
  return { child, tids: tids.map(Number) };
}

async function recordedChild() {
  const { child } = await busyOnOneCpu();
  const recording = await recordKernel({ pid: child.pid });
  const [recorder] = recordersOf() as [number];
  return { child, recording, recorder };
}
