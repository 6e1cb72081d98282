import { executionAsyncId } from 'node:async_hooks';
import { Runtime, spawn, yieldNow } from '@heddle/runtime';
import { bareAwait } from './bare-await.js';
import type { CoreRow, Target } from './core-row.js';
import { expectAnswer, interleave, nsEach, type Probe } from './probe.js';

const BARE = 'one bare await';
const SPAWNS = 20_000;
const BURST = 10_000;

const runtime = new Runtime();

/**
 * Generator tasks against a bare `await` of the same process.
 *
 * Nothing in this process may enter an `AsyncLocalStorage`: on Node 20 that triples every later `await`, and
 * the baseline with them. So no async task is spawned here, and the end of the group checks.
 */
export async function measureGenerators(rounds: number, warmUps: number): Promise<CoreRow[]> {
  const probes = [
    bareAwait(BARE),
    switching('yield* yieldNow() among 2 tasks', 2, 50_000),
    switching('yield* yieldNow() among 1,000 tasks', 1_000, 100),
    switching('yield* yieldNow() among 10,000 tasks', 10_000, 20),
    { name: 'spawn and join, one by one', run: spawnAndJoin },
    { name: 'spawn 10,000, then join all', run: burst },
  ];
  const samples = await interleave(probes, { rounds, warmUps });
  await undefined;
  expectAnswer('promise hooks of this process (async id after an await)', executionAsyncId(), 0);

  const row = (what: string, atMost?: number): CoreRow => ({
    group: 'generator tasks',
    what,
    unit: 'ns',
    samples: samples(what),
    ...(what === BARE ? {} : { baseline: { what: BARE, samples: samples(BARE) } }),
    ...(atMost === undefined ? {} : { target: { kind: 'ratio', atMost } satisfies Target }),
  });
  return [
    row(BARE),
    row('yield* yieldNow() among 2 tasks'),
    row('yield* yieldNow() among 1,000 tasks', 1),
    row('yield* yieldNow() among 10,000 tasks'),
    row('spawn and join, one by one', 3.5),
    row('spawn 10,000, then join all'),
  ];
}

// The clock starts at the first task's second poll, when all have begun, and stops when the first one ends:
// what lies between is switches alone.
function switching(name: string, tasks: number, switches: number): Probe {
  const run = async (): Promise<number> => {
    let startedAtMs = 0;
    let sample = 0;
    let yielded = 0;
    function* switcher() {
      yield* yieldNow();
      if (startedAtMs === 0) startedAtMs = performance.now();
      for (let i = 0; i < switches; i += 1) yield* yieldNow();
      if (sample === 0) sample = nsEach(startedAtMs, tasks * switches);
      yielded += switches;
    }
    const all = await runtime.spawn(function* () {
      const handles = Array.from({ length: tasks }, () => spawn(switcher));
      for (const handle of handles) (yield* handle).unwrap();
    });
    all.unwrap();
    expectAnswer(name, yielded, tasks * switches);
    return sample;
  };
  return { name, run };
}

async function spawnAndJoin(): Promise<number> {
  const result = await runtime.spawn(function* () {
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < SPAWNS; i += 1) sum += (yield* spawn(one)).unwrap();
    const sample = nsEach(startedAtMs, SPAWNS);
    expectAnswer('spawn and join', sum, SPAWNS);
    return sample;
  });
  return result.unwrap();
}

async function burst(): Promise<number> {
  const result = await runtime.spawn(function* () {
    const startedAtMs = performance.now();
    const handles = Array.from({ length: BURST }, () => spawn(one));
    let sum = 0;
    for (const handle of handles) sum += (yield* handle).unwrap();
    const sample = nsEach(startedAtMs, BURST);
    expectAnswer('burst', sum, BURST);
    return sample;
  });
  return result.unwrap();
}

function* one() {
  return 1;
}
