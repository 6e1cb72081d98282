import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, yieldNow } from '@heddle/runtime';
import { expectAnswer } from '../work/expect-answer.js';
import { timeBareAwaits } from './bare-await.js';
import type { Baseline, CoreRow, Target } from './core-row.js';
import { interleave, nsEach, type Probe } from './probe.js';
import { type StoreSamples, timeStoreCalls } from './store-group.js';

const GROUP = 'async tasks';
const BARE = 'one bare await, in als.run';
const CALL = 'await als.run of a bare async call';
const ALONE = `${BARE}, of a process without the library`;
const CALL_ALONE = `${CALL}, in that process`;
const SWITCH_2 = 'await yieldNow() among 2 tasks';
const SWITCH_1000 = 'await yieldNow() among 1,000 tasks';
const SWITCH_10000 = 'await yieldNow() among 10,000 tasks';
const JOIN = 'spawn and join, one by one';
const JOIN_ALONE = `${JOIN}, against a process without the library`;
const BURST = 'spawn 10,000, then join all';
const CALLS = 20_000;
const BURSTS = 3;
const BURST_TASKS = 10_000;

/**
 * Async tasks against a bare `await` inside one `AsyncLocalStorage.run` of the same process, which is what a server
 * that keeps a request context pays anyway. The tasks run in no store but the library's own.
 *
 * On Node 20 a promise that has met two stores is slower for good, and here both sides meet two: the library's and
 * this one's. `store`, from a process before this one, shows what the same awaits cost where there is one.
 */
export async function measureAsyncs(
  rounds: number,
  warmUps: number,
  store: StoreSamples,
): Promise<CoreRow[]> {
  const storage = new AsyncLocalStorage<number>();
  const probes = [
    { name: BARE, run: () => storage.run(1, timeBareAwaits) },
    { name: CALL, run: () => storage.run(1, () => timeStoreCalls(storage)) },
    switching(SWITCH_2, 2, 20_000),
    switching(SWITCH_1000, 1_000, 50),
    switching(SWITCH_10000, 10_000, 5),
    { name: JOIN, run: spawnAndJoin },
    { name: BURST, run: burst },
  ];
  const samples = await interleave(probes, { rounds, warmUps });
  const bare = { what: BARE, samples: samples(BARE) };
  const call = { what: CALL, samples: samples(CALL) };

  const row = (what: string, baseline: Baseline, atMost?: number): CoreRow => ({
    group: GROUP,
    what,
    unit: 'ns',
    samples: samples(what),
    baseline,
    ...(atMost === undefined ? {} : { target: { kind: 'ratio', atMost } satisfies Target }),
  });
  return [
    { group: GROUP, what: ALONE, unit: 'ns', samples: store.bare },
    { group: GROUP, what: CALL_ALONE, unit: 'ns', samples: store.call },
    row(BARE, { what: ALONE, samples: store.bare }),
    row(CALL, { what: CALL_ALONE, samples: store.call }),
    row(SWITCH_2, bare, 4),
    row(SWITCH_1000, bare, 3),
    row(SWITCH_10000, bare),
    row(JOIN, call, 6),
    { ...row(JOIN, { what: CALL_ALONE, samples: store.call }), what: JOIN_ALONE },
    row(BURST, call),
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
    const all = await spawn(async () => {
      const handles = Array.from({ length: tasks }, () => spawn(switcher));
      for (const handle of handles) (await handle).unwrap();
    });
    all.unwrap();
    expectAnswer(name, yielded, tasks * switches);
    return sample;
  };
  return { name, run };
}

async function spawnAndJoin(): Promise<number> {
  const result = await spawn(async () => {
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
  const result = await spawn(async () => {
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
