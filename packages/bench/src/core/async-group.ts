import { AsyncLocalStorage } from 'node:async_hooks';
import { Runtime, spawn, yieldNow } from '@heddle/runtime';
import { bareAwait, timeBareAwaits } from './bare-await.js';
import type { CoreRow, Target } from './core-row.js';
import { expectAnswer, interleave, nsEach, type Probe } from './probe.js';

const BARE = 'one bare await, in als.run';
const CALL = 'await als.run of a bare async call';
const INSIDE = 'one bare await, in an async task';
const SWITCH_2 = 'await yieldNow() among 2 tasks';
const SWITCH_1000 = 'await yieldNow() among 1,000 tasks';
const SWITCH_10000 = 'await yieldNow() among 10,000 tasks';
const JOIN = 'spawn and join, one by one';
const BURST = 'spawn 10,000, then join all';
const CALLS = 20_000;
const BURSTS = 3;
const BURST_TASKS = 10_000;

const runtime = new Runtime();

/**
 * Async tasks against a bare `await` inside one `AsyncLocalStorage.run`, which is what a server that keeps a
 * request context pays anyway.
 *
 * On Node 20 every store that is in use makes every `await` of the process dearer. So the baselines are taken
 * before the first async task, when ours is the only store there is, and ours is put away before the tasks
 * begin: one store on either side. The row inside a task shows what a task's own awaits then cost.
 */
export async function measureAsyncs(rounds: number, warmUps: number): Promise<CoreRow[]> {
  const storage = new AsyncLocalStorage<number>();
  const call = { name: CALL, run: () => timeBareCalls(storage) };
  const before = await storage.run(1, () => interleave([bareAwait(BARE), call], { rounds, warmUps }));
  storage.disable();

  const probes = [
    { name: INSIDE, run: async () => (await runtime.spawn(timeBareAwaits)).unwrap() },
    switching(SWITCH_2, 2, 20_000),
    switching(SWITCH_1000, 1_000, 50),
    switching(SWITCH_10000, 10_000, 10),
    { name: JOIN, run: spawnAndJoin },
    { name: BURST, run: burst },
  ];
  const after = await interleave(probes, { rounds, warmUps });

  const row = (what: string, baseline: string, atMost?: number): CoreRow => ({
    group: 'async tasks',
    what,
    unit: 'ns',
    samples: after(what),
    baseline: { what: baseline, samples: before(baseline) },
    ...(atMost === undefined ? {} : { target: { kind: 'ratio', atMost } satisfies Target }),
  });
  return [
    { group: 'async tasks', what: BARE, unit: 'ns', samples: before(BARE) },
    { group: 'async tasks', what: CALL, unit: 'ns', samples: before(CALL) },
    row(INSIDE, BARE),
    row(SWITCH_2, BARE, 4),
    row(SWITCH_1000, BARE, 3),
    row(SWITCH_10000, BARE),
    row(JOIN, CALL, 6),
    row(BURST, CALL),
  ];
}

function switching(name: string, tasks: number, switches: number): Probe {
  const run = async (): Promise<number> => {
    let startedAtMs = 0;
    let sample = 0;
    let yielded = 0;
    async function switcher() {
      await yieldNow();
      if (startedAtMs === 0) startedAtMs = performance.now();
      for (let i = 0; i < switches; i += 1) await yieldNow();
      if (sample === 0) sample = nsEach(startedAtMs, tasks * switches);
      yielded += switches;
    }
    const all = await runtime.spawn(async () => {
      const handles = Array.from({ length: tasks }, () => spawn(switcher));
      for (const handle of handles) (await handle).unwrap();
    });
    all.unwrap();
    expectAnswer(name, yielded, tasks * switches);
    return sample;
  };
  return { name, run };
}

async function timeBareCalls(storage: AsyncLocalStorage<number>): Promise<number> {
  const startedAtMs = performance.now();
  let sum = 0;
  for (let i = 0; i < CALLS; i += 1) sum += await storage.run(2, one);
  const sample = nsEach(startedAtMs, CALLS);
  expectAnswer(CALL, sum, CALLS);
  return sample;
}

async function spawnAndJoin(): Promise<number> {
  const result = await runtime.spawn(async () => {
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < CALLS; i += 1) sum += (await spawn(one)).unwrap();
    const sample = nsEach(startedAtMs, CALLS);
    expectAnswer(JOIN, sum, CALLS);
    return sample;
  });
  return result.unwrap();
}

// Three in a row, so that each pays for the garbage of the one before, as it does in a program that goes on.
async function burst(): Promise<number> {
  const result = await runtime.spawn(async () => {
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < BURSTS; i += 1) {
      const handles = Array.from({ length: BURST_TASKS }, () => spawn(one));
      for (const handle of handles) sum += (await handle).unwrap();
    }
    const sample = nsEach(startedAtMs, BURSTS * BURST_TASKS);
    expectAnswer(BURST, sum, BURSTS * BURST_TASKS);
    return sample;
  });
  return result.unwrap();
}

async function one(): Promise<number> {
  return 1;
}
