import { Runtime, spawnBlocking, thread } from '@heddle/runtime';
import { type Recording, record, type TraceRun } from '@heddle/runtime/trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silencePanics } from '../by-hand.js';
import { transcript } from './transcript.js';

let recording: Recording | undefined;
afterEach(() => recording?.stop());
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** What one thread has told, in order: several go on at the same time. */
function of(place: number, run: TraceRun): string[] {
  const lines = transcript(run);
  return lines.filter((_, at) => {
    const event = run.events[at];
    return event !== undefined && 'thread' in event && event.thread === place;
  });
}

/** A list that looks sendable, and then holds a function. */
function shownOnce(): number[] {
  const list = Array(70).fill(1);
  let reads = 0;
  Object.defineProperty(list, 5, {
    enumerable: true,
    get: () => {
      reads += 1;
      return reads === 1 ? 1 : () => 1;
    },
  });
  return list;
}

const isThread = (line: string): boolean => /^(spawn|settle|abort|thread|exit|poll|pend)/.test(line);

describe('a thread of a recorded thread', () => {
  it('tells of its task under the key that it has outside, and of those that it makes', async () => {
    recording = record();
    const handle = thread.builder({ name: 'crew' }).spawn(async () => {
      const { task, yieldNow } = await import('@heddle/runtime');
      await task.builder({ name: 'inner' }).spawn(function* () {
        yield* yieldNow();
      });
      await yieldNow();
      await yieldNow();
      return 1;
    });
    await handle;
    const run = recording.stop();
    expect(of(0, run).filter(isThread)).toEqual(['thread 0 main', 'spawn crew', 'settle crew value', 'exit']);
    expect(of(1, run).filter((line) => !/park/.test(line))).toEqual([
      'thread 1 crew for crew',
      'poll crew, 0 ready',
      'pend crew unseen on a promise that is not of heddle',
      'spawn inner by crew',
      'poll inner, 0 ready',
      'pend inner yielded',
      'poll inner, 0 ready',
      'settle inner value',
      'pend inner settled',
      'poll crew, 0 ready',
      'pend crew yielded',
      'poll crew, 0 ready',
      'pend crew settled',
      'exit',
    ]);
    const root = run.events.find((event) => event.k === 'spawn')?.task;
    const inner = run.events.findLast((event) => event.k === 'spawn')?.task;
    expect(root).toMatch(/^0:\d+$/);
    expect(inner).toBe(`1:${Number(root?.slice(2)) + 1}`);
    const [main, crew] = run.events.filter((event) => event.k === 'thread');
    expect(main).toMatchObject({ thread: 0, name: 'main' });
    expect(crew).toMatchObject({ thread: 1, name: 'crew', job: root });
    if (process.platform === 'linux') {
      expect(main?.tid).toBe(thread.osThreadId());
      expect(crew?.tid).not.toBe(main?.tid);
    }
  });

  it('shows a function that only computes as one poll', async () => {
    recording = record();
    await thread.builder({ name: 'sum' }).spawn(() => {
      let sum = 0;
      for (let n = 0; n < 1_000; n += 1) sum += n;
      return sum;
    });
    expect(of(1, recording.stop()).filter(isThread)).toEqual([
      'thread 1 sum for sum',
      'poll sum, 0 ready',
      'pend sum settled',
      'exit',
    ]);
  });

  it('is seen from outside while it hangs, and after it was terminated', async () => {
    recording = record();
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const handle = thread.builder({ name: 'hanging', graceMs: 0 }).spawn((begun) => {
      Atomics.store(begun, 0, 1);
      Atomics.notify(begun, 0);
      for (;;);
    }, begun);
    Atomics.wait(begun, 0, 0);
    const hangs = ['thread 1 hanging for hanging', 'poll hanging, 0 ready'];
    expect(of(1, recording.snapshot()).filter(isThread)).toEqual(hangs);
    handle.abort();
    await handle;
    const run = recording.stop();
    expect(of(1, run).filter(isThread)).toEqual([...hangs, 'exit']);
    expect(of(0, run).filter(isThread)).toEqual([
      'thread 0 main',
      'spawn hanging',
      'abort hanging',
      'settle hanging cancelled',
      'exit',
    ]);
  });

  it('has told, until it crashed, what it did', async () => {
    recording = record();
    await thread.builder({ name: 'crashing' }).spawn(() => process.exit(3));
    const run = recording.stop();
    expect(of(1, run).filter(isThread)).toEqual([
      'thread 1 crashing for crashing',
      'poll crashing, 0 ready',
      'exit',
    ]);
    expect(of(0, run)).toContain('settle crashing crash');
  });

  it('that was a spare is recorded from its job on', async () => {
    await thread.prewarm(1);
    recording = record();
    await thread.builder({ name: 'spare' }).spawn(() => 1);
    expect(of(1, recording.stop()).filter(isThread)).toEqual([
      'thread 1 spare for spare',
      'poll spare, 0 ready',
      'pend spare settled',
      'exit',
    ]);
    await thread.prewarm(0);
  });

  it('has its own threads recorded too', async () => {
    recording = record();
    await thread.builder({ name: 'outer' }).spawn(async () => {
      const { thread } = await import('@heddle/runtime');
      await thread.builder({ name: 'inner' }).spawn(() => 1);
    });
    const run = recording.stop();
    expect(of(1, run)).toContain('spawn inner by outer');
    expect(of(2, run).filter(isThread)).toEqual([
      'thread 2 inner for inner',
      'poll inner, 0 ready',
      'pend inner settled',
      'exit',
    ]);
  });

  it('is counted where there is no place for it', async () => {
    recording = record({ threads: 2 });
    await Promise.all([thread.spawn(() => 1), thread.spawn(() => 2), thread.spawn(() => 3)]);
    const { lost, events } = recording.stop();
    expect(lost.threads).toBe(2);
    expect(events.filter(({ k }) => k === 'thread')).toHaveLength(2);
    expect(events.filter(({ k }) => k === 'settle')).toHaveLength(3);
  });

  it('leaves its place to another where it was refused', async () => {
    recording = record({ threads: 2 });
    for (let count = 0; count < 3; count += 1) {
      expect(() => thread.spawn((list) => list.length, shownOnce())).toThrow('could not be cloned');
    }
    await thread.builder({ name: 'begun' }).spawn(() => 1);
    const { lost, events } = recording.stop();
    expect(lost.threads).toBe(0);
    expect(events).toContainEqual(expect.objectContaining({ k: 'thread', thread: 1, name: 'begun' }));
  });
});

describe('a thread of a pool', () => {
  it('is recorded from the first job on that it has in the recording', async () => {
    await spawnBlocking(() => 'before');
    recording = record();
    await spawnBlocking(() => 1);
    await spawnBlocking(() => 2);
    const run = recording.stop();
    const jobs = ['spawn #1', 'settle #1 value', 'spawn #2', 'settle #2 value'];
    expect(of(0, run).filter(isThread)).toEqual(['thread 0 main', ...jobs, 'exit']);
    expect(of(1, run).filter(isThread)).toEqual([
      'thread 1 blocking 1',
      'poll #1, 0 ready',
      'pend #1 settled',
      'poll #2, 0 ready',
      'pend #2 settled',
      'exit',
    ]);
  });

  it('gives the tasks of its jobs keys of their own, and is recorded again by the next', async () => {
    const job = async (): Promise<number> => {
      const { spawn } = await import('@heddle/runtime');
      for (let n = 0; n < 5; n += 1) await spawn(function* () {});
      return 1;
    };
    for (let round = 0; round < 2; round += 1) {
      recording = record();
      for (let n = 0; n < 3; n += 1) await spawnBlocking(job);
      const run = recording.stop();
      const keys = run.events.flatMap((event) => (event.k === 'spawn' ? [event.task] : []));
      expect(keys).toHaveLength(3 + 15);
      expect(new Set(keys).size).toBe(keys.length);
      expect(run.lost).toEqual({ events: 0, threads: 0, kernel: 0 });
    }
  });

  it('that records itself, and does not stop, is recorded by the next who records it', async () => {
    const pool = new Runtime({ blocking: { maxThreads: 1 } });
    await pool.spawnBlocking(async () => {
      const { record } = await import('@heddle/runtime/trace');
      Object.assign(globalThis, { own: record() });
    });
    recording = record();
    await pool.spawnBlocking(() => 1);
    const own = await pool.spawnBlocking(() => {
      const { own } = globalThis as unknown as { own: Recording };
      own.mark('late');
      const { events } = own.stop();
      return events.flatMap((event) => (event.k === 'poll' || event.k === 'mark' ? [event.k] : []));
    });
    expect(own.unwrap()).toEqual(['poll']);
    await pool.spawnBlocking(() => 3);
    expect(of(1, recording.stop()).filter(isThread)).toEqual([
      'thread 1 blocking 1',
      'poll #1, 0 ready',
      'pend #1 settled',
      'poll #2, 0 ready',
      'pend #2 settled',
      'poll #3, 0 ready',
      'pend #3 settled',
      'exit',
    ]);
    await pool.shutdown();
  });
});
