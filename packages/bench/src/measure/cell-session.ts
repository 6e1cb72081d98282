import type { Contender } from '../contender.js';
import { isUnable, type Workload } from '../workloads/workload.js';
import { type Counters, difference } from './counters.js';
import { readKernelCounters } from './kernel-counters.js';

/** How long a cell is warmed up: at least so many samples, and at least so long. */
export const WARM_UP = { samples: 3, ms: 250 };

/** One contender at one workload: ready, refused, or wrong. */
export type CellSession = Ready | Refused | Wrong;

export interface Ready {
  readonly kind: 'ready';
  readonly size: string;
  readonly operations: number;
  take(): Promise<Sample | Wrong>;
}

export interface Refused {
  readonly kind: 'not applicable';
  readonly reason: string;
}

export interface Wrong {
  readonly kind: 'failed';
  readonly error: string;
}

export interface Sample {
  readonly kind: 'sample';
  readonly ns: number;
  readonly counters: Counters;
}

/**
 * Sets up a cell, has it give the right answer, and warms it up.
 *
 * Every sample checks its answer, the first one before anything is timed. A throw, in the work or in the check,
 * is the cell's failure and not the run's.
 */
export async function openSession(
  workload: Workload,
  contender: Contender,
  quick: boolean,
): Promise<CellSession> {
  try {
    const prepared = await workload.prepare(contender, quick);
    if (isUnable(prepared)) return { kind: 'not applicable', reason: prepared.unable };
    const { size, operations } = prepared;
    const startedAtMs = performance.now();
    for (let taken = 0; taken < WARM_UP.samples || performance.now() - startedAtMs < WARM_UP.ms; taken += 1) {
      await prepared.sample();
    }
    const take = async (): Promise<Sample | Wrong> => {
      try {
        const before = readCounters(contender);
        const ns = await prepared.sample();
        return { kind: 'sample', ns, counters: difference(before, readCounters(contender)) };
      } catch (error) {
        return wrong(error);
      }
    };
    return { kind: 'ready', size, operations, take };
  } catch (error) {
    return wrong(error);
  }
}

function readCounters({ counters }: Contender): Counters {
  return { ...readKernelCounters(), ...counters?.() };
}

function wrong(error: unknown): Wrong {
  return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
}
