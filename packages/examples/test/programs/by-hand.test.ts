import { Runtime } from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../src/program.js';
import { programs } from '../../src/programs.js';
import { expectedTranscript, Transcript } from './transcript.js';

/** These have sockets or threads, which no clock of ours turns; each has a file of its own here. */
const REAL = ['echo', 'echo-spawned', 'supervised-actor', 'who-decides'];

/** At which millisecond each line comes, and the program ends. */
const MOMENTS: Readonly<Record<string, readonly number[]>> = {
  spawn: [1_000, 2_000, 2_000, 2_000],
  join: [1_000, 3_000, 3_000, 3_000],
  'spawn-join': [1_000, 2_000, 2_000, 2_000],
  telemetry: [0, 0, 100, 300, 300, 300],
  'task-failure': [1_000, 2_000, 2_000, 2_000, 2_000],
  'panic-boundary': [100, 100, 100, 100, 100, 100],
  'select-race': [1_000, 1_000],
  'select-when': [0, 0, 2_000, 2_000, 2_000, 2_000, 3_000, 3_000],
  'select-else': [0, 0, 0, 3_000, 3_000, 3_000],
  'select-biased': [0, 0],
  timeout: [2_000, 2_000],
  'join-set': [12, 13, 17, 61, 92, 156, 219, 233, 237, 237],
  'abort-all': [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  // What is explored has a clock of its own.
  'lost-update': new Array(14).fill(0),
  'lost-wake-up': new Array(21).fill(0),
  deadlock: new Array(16).fill(0),
};

/** Runs a program on a clock turned by hand, until nothing in it waits for time any more. */
async function perform(program: Program) {
  const host = new ManualHost();
  const runtime = new Runtime({ host });
  const transcript = new Transcript(() => host.now());
  let endedAtMs = Number.NaN;
  await transcript.withPanics(async () => {
    const handle = runtime.spawn(() => program(transcript.print));
    void handle.then(() => {
      endedAtMs = host.now();
    });
    await host.runToEnd();
    expect(handle.isFinished()).toBe(true);
    (await handle).unwrap();
  });
  return { transcript, endedAtMs, host, runtime };
}

describe.each(programs.filter(({ name }) => !REAL.includes(name)))('$name', ({ name, load }) => {
  test('prints its transcript, each line at its moment', async () => {
    const { transcript, endedAtMs } = await perform((await load()).program);
    expect(transcript.toString()).toBe(expectedTranscript(name));
    expect([...transcript.moments, endedAtMs]).toEqual(MOMENTS[name]);
  });

  test('leaves no task and no timer behind, once all is over', async () => {
    const { host, runtime } = await perform((await load()).program);
    expect([runtime.metrics().numAliveTasks, host.pendingTimers]).toEqual([0, 0]);
  });
});

async function runOf(name: string) {
  const listing = programs.find((program) => program.name === name);
  if (listing === undefined) throw new Error(`there is no ${name}`);
  return perform((await listing.load()).program);
}

describe('what a transcript does not show', () => {
  test('a program of branches is one task; each spawn adds one', async () => {
    const spawned: Record<string, number> = {};
    for (const name of [
      'join',
      'select-race',
      'select-biased',
      'timeout',
      'spawn',
      'spawn-join',
      'abort-all',
    ]) {
      spawned[name] = (await runOf(name)).runtime.metrics().spawnedTasksCount;
    }
    expect(spawned).toEqual({
      join: 1,
      'select-race': 1,
      'select-biased': 1,
      timeout: 1,
      spawn: 3,
      'spawn-join': 3,
      'abort-all': 10,
    });
  });

  test('the loser of a race and a task past its deadline are dropped: nobody waits for their time', async () => {
    expect((await runOf('select-race')).host.now()).toBe(1_000);
    expect((await runOf('timeout')).host.now()).toBe(2_000);
  });

  test('a task whose handle lost goes on to its own end', async () => {
    expect((await runOf('select-when')).host.now()).toBe(4_000);
  });

  test('nine aborted tasks are nine different tasks, and none of their sleeps is waited for', async () => {
    const { transcript, host } = await runOf('abort-all');
    expect(new Set(transcript.lines).size).toBe(9);
    expect(host.now()).toBe(0);
  });
});
