import { executionAsyncId } from 'node:async_hooks';
import { spawn, yieldNow } from '@heddle/runtime';
import { expectAnswer } from '../work/expect-answer.js';
import { bareAwait } from './bare-await.js';
import { channelPingPong, channelStream, promisePingPong, promiseStream } from './channel-probes.js';
import type { CoreRow, Target } from './core-row.js';
import { mutexAlone, semaphoreAlone } from './lock-probes.js';
import { interleave, nsEach, type Probe } from './probe.js';

const BARE = 'one bare await';
const SWITCH_2 = 'yield* yieldNow() among 2 tasks';
const SWITCH_1000 = 'yield* yieldNow() among 1,000 tasks';
const SWITCH_10000 = 'yield* yieldNow() among 10,000 tasks';
const JOIN = 'spawn and join, one by one';
const BURST = 'spawn 10,000, then join all';
const PING_PONG = 'mpsc of one place, to and fro';
const STREAM = 'mpsc of 128 places, each message';
const PROMISE_PING_PONG = 'a channel of one place, made of promises, to and fro';
const PROMISE_STREAM = 'a channel of 128 places, made of promises, each message';
const MUTEX = 'lock and release a Mutex nobody else wants';
const SEMAPHORE = 'acquire and release a permit nobody else wants';
const SPAWNS = 20_000;
const BURSTS = 3;
const BURST_TASKS = 10_000;

/**
 * Generator tasks against a bare `await` of the same process.
 *
 * Nothing in this process may enter an `AsyncLocalStorage`: on Node 20 that triples every later `await`, and
 * the baseline with them. So no async task is spawned here, and the end of the group checks.
 */
export async function measureGenerators(rounds: number, warmUps: number): Promise<CoreRow[]> {
  const probes = [
    bareAwait(BARE),
    switching(SWITCH_2, 2, 50_000),
    switching(SWITCH_1000, 1_000, 100),
    switching(SWITCH_10000, 10_000, 20),
    { name: JOIN, run: spawnAndJoin },
    { name: BURST, run: burst },
    channelPingPong(PING_PONG),
    channelStream(STREAM),
    promisePingPong(PROMISE_PING_PONG),
    promiseStream(PROMISE_STREAM),
    mutexAlone(MUTEX),
    semaphoreAlone(SEMAPHORE),
  ];
  const samples = await interleave(probes, { rounds, warmUps });
  await undefined;
  expectAnswer('promise hooks of this process (async id after an await)', executionAsyncId(), 0);

  const row = (what: string, atMost?: number, than = BARE): CoreRow => ({
    group: 'generator tasks',
    what,
    unit: 'ns',
    samples: samples(what),
    baseline: { what: than, samples: samples(than) },
    ...(atMost === undefined ? {} : { target: { kind: 'ratio', atMost } satisfies Target }),
  });
  return [
    { group: 'generator tasks', what: BARE, unit: 'ns', samples: samples(BARE) },
    row(SWITCH_2),
    row(SWITCH_1000, 1),
    row(SWITCH_10000),
    row(JOIN, 3.5),
    row(BURST),
    row(PROMISE_PING_PONG),
    row(PING_PONG, 0.7, PROMISE_PING_PONG),
    row(PROMISE_STREAM),
    row(STREAM, 0.6, PROMISE_STREAM),
    row(MUTEX, 1),
    row(SEMAPHORE, 1),
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
    const all = await spawn(function* () {
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
  const result = await spawn(function* () {
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < SPAWNS; i += 1) sum += (yield* spawn(one)).unwrap();
    const sample = nsEach(startedAtMs, SPAWNS);
    expectAnswer(JOIN, sum, SPAWNS);
    return sample;
  });
  return result.unwrap();
}

// Three in a row, so that each pays for the garbage of the one before, as it does in a program that goes on.
async function burst(): Promise<number> {
  const result = await spawn(function* () {
    const startedAtMs = performance.now();
    let sum = 0;
    for (let i = 0; i < BURSTS; i += 1) {
      const handles = Array.from({ length: BURST_TASKS }, () => spawn(one));
      for (const handle of handles) sum += (yield* handle).unwrap();
    }
    const sample = nsEach(startedAtMs, BURSTS * BURST_TASKS);
    expectAnswer(BURST, sum, BURSTS * BURST_TASKS);
    return sample;
  });
  return result.unwrap();
}

function* one() {
  return 1;
}
