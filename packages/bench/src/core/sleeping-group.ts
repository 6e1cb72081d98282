import { performance } from 'node:perf_hooks';
import { setTimeout as timer } from 'node:timers/promises';
import { spawn } from '@heddle/runtime';
import { sleep } from '@heddle/runtime/time';
import { expectAnswer } from '../work/expect-answer.js';
import { xorshift } from '../work/xorshift.js';
import type { CoreRow } from './core-row.js';
import { interleave, type Probe } from './probe.js';

const SLEEPERS = 100_000;
/** Fewer than elsewhere: a run has a hundred thousand operations of each kind. */
const WARM_UPS = 2;
/** Longer than the spawns take, so that all sleep at once. */
const LEAST_MS = 200;
const WITHIN_MS = 200;
const GROUP = `${SLEEPERS.toLocaleString('en')} sleep at once`;
const ONE_DELAY = 'generator tasks, one delay';
const RANDOM = 'generator tasks, random delays';
const BARE_ONE_DELAY = 'async functions and timers of Node, one delay';
const BARE_RANDOM = 'async functions and timers of Node, random delays';

/**
 * What a sleeping task costs from its spawn to its join, beside what people write without a library.
 *
 * Counted is the time in which the event loop was busy: most of the rest is sleep.
 */
export async function measureSleeping(rounds: number): Promise<CoreRow[]> {
  const sleeps = delays();
  const one = new Array<number>(SLEEPERS).fill(LEAST_MS);
  const probes = [
    tasks(ONE_DELAY, one),
    bare(BARE_ONE_DELAY, one),
    tasks(RANDOM, sleeps),
    bare(BARE_RANDOM, sleeps),
  ];
  const samples = await interleave(probes, { rounds, warmUps: WARM_UPS });
  const row = (what: string, baseline?: string): CoreRow => ({
    group: GROUP,
    what,
    unit: 'ns',
    samples: samples(what),
    ...(baseline === undefined ? {} : { baseline: { what: baseline, samples: samples(baseline) } }),
  });
  return [row(BARE_ONE_DELAY), row(ONE_DELAY, BARE_ONE_DELAY), row(BARE_RANDOM), row(RANDOM, BARE_RANDOM)];
}

function tasks(name: string, sleeps: readonly number[]): Probe {
  return {
    name,
    async run() {
      let ended = 0;
      function* sleeper(ms: number) {
        yield* sleep(ms);
        ended += 1;
      }
      const all = await spawn(function* () {
        const before = performance.eventLoopUtilization();
        const handles = sleeps.map((ms) => spawn(sleeper, ms));
        yield* sleep(0);
        expectAnswer(`${name}: timers of Node`, timersOfNode(), 1);
        for (const handle of handles) (yield* handle).unwrap();
        return performance.eventLoopUtilization(before).active;
      });
      expectAnswer(name, ended, SLEEPERS);
      return (all.unwrap() * 1e6) / SLEEPERS;
    },
  };
}

function bare(name: string, sleeps: readonly number[]): Probe {
  return {
    name,
    async run() {
      let ended = 0;
      const sleeper = async (ms: number) => {
        await timer(ms);
        ended += 1;
      };
      const before = performance.eventLoopUtilization();
      await Promise.all(sleeps.map(sleeper));
      expectAnswer(name, ended, SLEEPERS);
      return (performance.eventLoopUtilization(before).active * 1e6) / SLEEPERS;
    },
  };
}

function timersOfNode(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

function delays(): number[] {
  let drawn = 1;
  return Array.from({ length: SLEEPERS }, () => {
    drawn = xorshift(drawn, 1);
    return LEAST_MS + ((drawn >>> 8) % WITHIN_MS);
  });
}
