import { setImmediate as nextRound } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Runtime, sleep, spawn, task, yieldNow } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';
import { mark, type Recording, record } from '@heddle/runtime/trace';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { byHand, silencePanics } from '../by-hand.js';
import { transcript } from './transcript.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let recording: Recording | undefined;
afterEach(() => recording?.stop());
beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const named = (name: string) => task.builder({ name });

describe('a recording of generator tasks', () => {
  it('has every step of theirs, in order', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(function* () {
      const [sender, receiver] = mpsc.channel<number>(1);
      const taker = named('taker').spawn(function* () {
        return yield* receiver.recv();
      });
      yield* yieldNow();
      yield* sender.send(1);
      yield* taker;
    });
    await host.settle();
    expect(transcript(recording.stop())).toEqual([
      'thread 0 main',
      'park',
      'spawn #1',
      'unpark',
      'poll #1, 0 ready',
      'spawn taker by #1',
      'pend #1 yielded',
      'poll taker, 1 ready',
      'pend taker suspended on receiver.recv()',
      'poll #1, 0 ready',
      'wake taker by #1',
      'pend #1 suspended on taker',
      'poll taker, 0 ready',
      'settle taker value',
      'wake #1 by taker',
      'pend taker settled',
      'poll #1, 0 ready',
      'settle #1 value',
      'pend #1 settled',
      'park',
      'exit',
    ]);
  });

  it('tells how each of them has ended, and who asked it to', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(function* () {
      const sleeper = named('sleeper').spawn(function* () {
        yield* sleep(1_000);
      });
      const dropped = named('dropped').spawn(function* () {});
      named('panicking').spawn(function* () {
        throw new Error('boom');
      });
      dropped.abort();
      yield* yieldNow();
      sleeper.abort();
    });
    await host.settle();
    const lines = transcript(recording.stop());
    expect(lines.filter((line) => /^(abort|settle|wake)/.test(line))).toEqual([
      'abort dropped by #1',
      'settle dropped cancelled',
      'settle panicking panic',
      'abort sleeper by #1',
      'wake sleeper by #1',
      'settle #1 value',
      'settle sleeper cancelled',
    ]);
  });

  it('says that the event loop woke a task where no task did', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(function* () {
      yield* sleep(5);
    });
    await host.settle();
    host.advance(5);
    await host.settle();
    expect(transcript(recording.stop()).slice(4)).toEqual([
      'poll #1, 0 ready',
      'pend #1 suspended on sleep(5)',
      'park',
      'wake #1',
      'unpark',
      'poll #1, 0 ready',
      'settle #1 value',
      'pend #1 settled',
      'park',
      'exit',
    ]);
  });
});

describe('a recording of async tasks', () => {
  it('has each step of a body, and what it waits for', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(async () => {
      const inner = named('inner').spawn(async () => {
        await sleep(5);
      });
      await yieldNow();
      await inner;
    });
    await host.settle();
    host.advance(5);
    await host.settle();
    expect(transcript(recording.stop())).toEqual([
      'thread 0 main',
      'park',
      'spawn #1',
      'unpark',
      'poll #1, 0 ready',
      'spawn inner by #1',
      'pend #1 yielded',
      'poll inner, 0 ready',
      'pend inner suspended on sleep(5)',
      'poll #1, 0 ready',
      'pend #1 suspended on inner',
      'park',
      'wake inner',
      'unpark',
      'poll inner, 0 ready',
      'pend inner settled',
      'settle inner value',
      'wake #1 by inner',
      'poll #1, 0 ready',
      'pend #1 settled',
      'settle #1 value',
      'park',
      'exit',
    ]);
  });

  it('has the thread park while a body goes on waiting for the rest', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(async () => {
      await Promise.all([sleep(5), sleep(9)]);
    });
    await host.settle();
    await host.advance(5);
    await host.settle();
    await host.advance(4);
    await host.settle();
    expect(transcript(recording.stop()).slice(4)).toEqual([
      'poll #1, 0 ready',
      'pend #1 suspended on sleep(5), sleep(9)',
      'park',
      'wake #1',
      'unpark',
      'poll #1, 0 ready',
      'pend #1 suspended on sleep(9)',
      'park',
      'wake #1',
      'unpark',
      'poll #1, 0 ready',
      'pend #1 unseen on a promise that is not of heddle',
      'park',
      'settle #1 value',
      'exit',
    ]);
  });

  it('does not charge a poll with what the body before it did after a promise of others', async () => {
    const { host, spawn } = byHand();
    recording = record();
    // Behind the clock of the recording's end, which leaves out what is later.
    let nowMs = performance.now() - 1_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    try {
      spawn(async () => {
        await null;
        nowMs += 50;
      });
      spawn(function* () {});
      await host.settle();
    } finally {
      clock.mockRestore();
    }
    const { events } = recording.stop();
    const at = (k: string, nth: number): number =>
      events.filter((event) => event.k === k)[nth]?.t ?? Number.NaN;
    expect(at('poll', 1) - at('pend', 0)).toBeCloseTo(50e6, -4);
    expect(at('pend', 1)).toBe(at('poll', 1));
  });

  it('does not see what a body does after a promise of others, and says so', async () => {
    const { host, spawn } = byHand();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    recording = record();
    spawn(async () => {
      await gate;
      await sleep(5);
    });
    await host.settle();
    open();
    await host.settle();
    host.advance(5);
    await host.settle();
    expect(transcript(recording.stop()).slice(4)).toEqual([
      'poll #1, 0 ready',
      'pend #1 unseen on a promise that is not of heddle',
      'park',
      'wake #1',
      'unpark',
      'poll #1, 0 ready',
      'pend #1 settled',
      'settle #1 value',
      'park',
      'exit',
    ]);
  });
});

describe('a recording', () => {
  it('that begins late has the tasks that were there, and what they wait for', async () => {
    const { host, spawn } = byHand();
    spawn(function* () {
      const inner = named('inner').spawn(function* () {
        yield* sleep(5);
      });
      yield* inner;
    });
    await host.settle();
    recording = record();
    host.advance(5);
    await host.settle();
    expect(transcript(recording.stop())).toEqual([
      'thread 0 main',
      'spawn #1, early',
      'pend #1 suspended on inner',
      'spawn inner, early',
      'pend inner suspended on sleep(5)',
      'park',
      'wake inner',
      'unpark',
      'poll inner, 0 ready',
      'settle inner value',
      'wake #1 by inner',
      'pend inner settled',
      'poll #1, 0 ready',
      'settle #1 value',
      'pend #1 settled',
      'park',
      'exit',
    ]);
  });

  it('that is begun and stopped by a task has what lies between', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    spawn(function* () {
      const own = record();
      yield* yieldNow();
      mark('half');
      lines.push(...transcript(own.stop()));
      yield* yieldNow();
    });
    await host.settle();
    expect(lines).toEqual([
      'thread 0 main',
      'spawn #1, early',
      'poll #1, 0 ready',
      'pend #1 yielded',
      'poll #1, 0 ready',
      'mark half',
      'exit',
    ]);
  });

  it.each([
    [
      'a generator',
      function* () {
        recording = record();
        yield* sleep(5);
      },
    ],
    [
      'an async task in its first poll',
      async () => {
        recording = record();
        await sleep(5);
      },
    ],
    [
      'an async task after a promise of others',
      async () => {
        await null;
        recording = record();
        await sleep(5);
      },
    ],
    [
      'an async task after an await of ours',
      async () => {
        await yieldNow();
        recording = record();
        await sleep(5);
      },
    ],
  ])('that is begun by %s sees it end its poll, and the thread park', async (_, body) => {
    const { host, spawn } = byHand();
    spawn(body as () => Promise<void>);
    await host.settle();
    await host.advance(5);
    await host.settle();
    const lines = transcript((recording as Recording).stop());
    expect(lines.slice(0, 8)).toEqual([
      'thread 0 main',
      'spawn #1, early',
      'poll #1, 0 ready',
      'pend #1 suspended on sleep(5)',
      'park',
      'wake #1',
      'unpark',
      'poll #1, 0 ready',
    ]);
    expect(lines.slice(8).sort()).toEqual(['exit', 'park', 'pend #1 settled', 'settle #1 value']);
  });

  it('begins at its barrier, where it has one', async () => {
    recording = record();
    await spawn(function* () {
      yield* yieldNow();
    });
    recording.mark('barrier');
    mark('after');
    const { events } = recording.stop();
    expect(events.find((event) => event.k === 'mark')).toMatchObject({ t: 0, name: 'barrier', thread: 0 });
    expect(events[0]?.t).toBeLessThan(0);
    expect(events.at(-1)?.t).toBeGreaterThan(0);
    expect(events.map(({ t }) => t)).toEqual(events.map(({ t }) => t).sort((a, b) => a - b));
  });

  it('can be looked at while it goes on, and gives the same again when it was stopped', async () => {
    const first = record({ label: 'first' });
    await spawn(async () => 1);
    expect(transcript(first.snapshot()).at(-1)).not.toBe('exit');
    const run = first.stop();
    expect(run.label).toBe('first');
    expect(first.stop()).toBe(run);
    expect(first.snapshot()).toBe(run);
    first.mark('late');
    recording = record();
    await spawn(async () => 2);
    const lines = transcript(recording.stop());
    expect(lines.filter((line) => line.startsWith('spawn'))).toEqual(['spawn #1']);
  });

  it('keeps the newest events, and counts those that it has lost', async () => {
    const { host, spawn } = byHand();
    recording = record({ events: 4 });
    spawn(function* () {
      for (let n = 0; n < 50; n += 1) yield* yieldNow();
    });
    await host.settle();
    const run = recording.stop();
    expect(transcript(run)).toEqual(
      ['thread 0 main', 'poll 0:1, 0 ready', 'settle 0:1 value', 'pend 0:1 settled', 'park', 'exit'].map(
        (line) => line.replaceAll('0:1', /\d+:\d+/.exec(transcript(run).join())?.[0] ?? ''),
      ),
    );
    // park, spawn, unpark, 51 polls of two events, settle, park
    expect(run.lost).toEqual({ events: 107 - 4, threads: 0, kernel: 0 });
  });

  it('keeps names and marks when there are more different waits than it has room for, and counts those', async () => {
    const { host, spawn } = byHand();
    recording = record();
    spawn(function* () {
      for (let count = 0; count < 12_000; count += 1) yield* sleep(1 + count / 16_384);
    });
    await host.advance(24_000);
    recording.mark('barrier');
    spawn(function* () {
      yield* named('late').spawn(function* () {});
    });
    await host.settle();
    const { events, lost } = recording.stop();
    expect(events.find(({ t }) => t === 0)).toMatchObject({ k: 'mark', name: 'barrier' });
    expect(events).toContainEqual(expect.objectContaining({ k: 'spawn', name: 'late' }));
    expect(events).toContainEqual(expect.objectContaining({ k: 'pend', on: 'sleep(…)' }));
    expect(lost.texts).toBeGreaterThan(0);
  });

  it('leaves hooks and metrics as they are', async () => {
    const calls: string[] = [];
    const { host, runtime, spawn } = byHand({
      onBeforeTaskPoll: () => calls.push('before'),
      onAfterTaskPoll: () => calls.push('after'),
      onTaskTerminate: () => calls.push('terminate'),
      onPark: () => calls.push('park'),
      enableMetricsPollTimeHistogram: true,
    });
    recording = record();
    spawn(async () => {
      await yieldNow();
    });
    await host.settle();
    const recorded = transcript(recording.stop());
    spawn(async () => {
      await yieldNow();
    });
    await host.settle();
    const once = ['before', 'after', 'park', 'before', 'after', 'park', 'terminate'];
    expect(calls).toEqual([...once, ...once]);
    expect(recorded.filter((line) => line.startsWith('poll'))).toHaveLength(2);
    expect(runtime.metrics().pollTimeHistogram?.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  it('has the tasks of every runtime of its thread', async () => {
    recording = record();
    const runtime = new Runtime();
    await spawn(function* () {
      yield* runtime.spawn(function* () {
        yield* yieldNow();
      });
    });
    const lines = transcript(recording.stop());
    expect(lines.filter((line) => /^(spawn|settle)/.test(line))).toEqual([
      'spawn #1',
      'spawn #2 by #1',
      'settle #2 value',
      'settle #1 value',
    ]);
    await runtime.shutdown();
  });

  it('keeps no runtime that nobody else keeps', async () => {
    let collected = 0;
    const registry = new FinalizationRegistry(() => {
      collected += 1;
    });
    const makeSome = async (): Promise<void> => {
      for (let n = 0; n < 20; n += 1) {
        const runtime = new Runtime();
        registry.register(runtime, n);
        await runtime.spawn(function* () {});
        await runtime.shutdown();
      }
    };
    recording = record();
    await makeSome();
    while (collected < 19) {
      collectGarbage();
      await nextRound();
    }
  });
});
