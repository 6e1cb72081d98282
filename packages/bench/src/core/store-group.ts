import { AsyncLocalStorage } from 'node:async_hooks';
import { expectAnswer } from '../work/expect-answer.js';
import { bareAwait } from './bare-await.js';
import { interleave, nsEach } from './probe.js';

const BARE = 'one bare await';
const CALL = 'await als.run of a bare async call';
const CALLS = 20_000;

/** The samples of a process that has an `AsyncLocalStorage` of its own and nothing of the library. */
export interface StoreSamples {
  readonly bare: readonly number[];
  readonly call: readonly number[];
}

/** Measures what `AsyncLocalStorage.run` makes of a bare `await` and of a bare async call. */
export async function measureStore(rounds: number, warmUps: number): Promise<StoreSamples> {
  const storage = new AsyncLocalStorage<number>();
  const call = { name: CALL, run: () => timeStoreCalls(storage) };
  const samples = await storage.run(1, () => interleave([bareAwait(BARE), call], { rounds, warmUps }));
  return { bare: samples(BARE), call: samples(CALL) };
}

/** Gives nanoseconds for one bare async call in `AsyncLocalStorage.run`, awaited. */
export async function timeStoreCalls(storage: AsyncLocalStorage<number>): Promise<number> {
  const startedAtMs = performance.now();
  let sum = 0;
  for (let i = 0; i < CALLS; i += 1) sum += await storage.run(2, one);
  const sample = nsEach(startedAtMs, CALLS);
  expectAnswer(CALL, sum, CALLS);
  return sample;
}

async function one(): Promise<number> {
  return 1;
}
