import { spawn, yieldNow } from '@heddle/runtime';
import { type Recording, record } from '@heddle/runtime/trace';
import { expectAnswer } from '../work/expect-answer.js';
import type { CoreRow } from './core-row.js';
import { interleave, type Probe } from './probe.js';

const YIELDS = 'tasks that yield';
const CLOCK = 'one look at the clock';
const ROUNDS = 50_000;
/** The promise of an observer that is on. */
const AT_MOST_NS = 60;

/**
 * What an event costs who records it: the time of a recorded run, less that of the same one unrecorded, over its events.
 *
 * One look at the clock is most of it, and not ours; it stands beside.
 */
export async function measureRecording(rounds: number, warmUps: number): Promise<CoreRow[]> {
  const probes = [eachEvent(YIELDS, yields), { name: CLOCK, run: clock }];
  const samples = await interleave(probes, { rounds, warmUps });
  const row = (what: string): CoreRow => ({
    group: 'an event that is recorded',
    what,
    unit: 'ns',
    samples: samples(what),
  });
  const target = { kind: 'ns', atMost: AT_MOST_NS } as const;
  return [row(CLOCK), { ...row(YIELDS), target }];
}

function eachEvent(name: string, run: () => Promise<void>): Probe {
  return {
    name,
    async run() {
      const offMs = await took(run);
      const recording = record();
      const onMs = await took(run);
      return ((onMs - offMs) * 1e6) / eventsOf(name, recording);
    },
  };
}

function eventsOf(name: string, recording: Recording): number {
  const { events, lost } = recording.stop();
  const all = events.length + lost.events;
  expectAnswer(`${name}: more events than rounds`, all > ROUNDS, true);
  return all;
}

async function took(run: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now();
  await run();
  return performance.now() - startedAtMs;
}

async function yields(): Promise<void> {
  const handles = [0, 1].map(() =>
    spawn(function* () {
      for (let i = 0; i < ROUNDS; i += 1) yield* yieldNow();
    }),
  );
  for (const handle of handles) (await handle).unwrap();
}

async function clock(): Promise<number> {
  const startedAtMs = performance.now();
  let lastMs = 0;
  for (let i = 0; i < ROUNDS; i += 1) lastMs = performance.now();
  return ((lastMs - startedAtMs) * 1e6) / ROUNDS;
}
