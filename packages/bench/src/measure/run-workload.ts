import { explain } from '../explain/explain.js';
import type { Workload } from '../workloads/workload.js';
import type { Cell, Measured } from './cell.js';
import { CellClient } from './cell-client.js';
import { sum } from './counters.js';

export interface RunOptions {
  readonly contenders: readonly string[];
  readonly quick: boolean;
  /** No round is begun that would end later than this after the start. */
  readonly budgetMs: number;
  /** Ends the run: what was measured until then is the result. */
  readonly signal: AbortSignal;
  /** Called before each thing that is done; `round` is 0 while processes are started. */
  readonly progress: (round: number, rounds: number, contender: string) => void;
}

export interface WorkloadResult {
  readonly workload: string;
  readonly about: string;
  /** How many rounds were run to their end. */
  readonly rounds: number;
  readonly cells: readonly Cell[];
  readonly sentence: string;
}

/**
 * Runs a workload: starts one process per contender, each warmed up before the next is started, then goes
 * round, one sample each, until there are enough.
 *
 * A B C A B C: whatever the machine does meanwhile, it does to all. Each round begins with another one.
 */
export async function runWorkload(workload: Workload, options: RunOptions): Promise<WorkloadResult> {
  const { contenders, signal, progress } = options;
  const rounds = options.quick ? { least: 3, most: 5 } : { least: 3, most: 9 };
  const startedAtMs = performance.now();
  const entries = contenders.map((name): Entry => ({ cell: { kind: 'unmeasured', contender: name } }));
  let round = 0;
  try {
    for (const entry of entries) {
      progress(0, rounds.most, entry.cell.contender);
      await open(entry, workload, options);
    }
    let roundMs = 0;
    while (round < rounds.most) {
      const beganAtMs = performance.now();
      if (round >= rounds.least && beganAtMs + roundMs > startedAtMs + options.budgetMs) break;
      for (let place = 0; place < entries.length; place += 1) {
        const entry = entries[(place + round) % entries.length]!;
        if (entry.client === undefined) continue;
        progress(round + 1, rounds.most, entry.cell.contender);
        await take(entry, entry.client);
      }
      round += 1;
      roundMs = performance.now() - beganAtMs;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const { client } of entries) client?.end();
  }
  const cells = entries.map(({ cell }) => cell);
  const sentence = explain(workload.vocabulary, cells);
  return { workload: workload.name, about: workload.about, rounds: round, cells, sentence };
}

interface Entry {
  cell: Cell;
  /** There while the contender takes part. */
  client?: CellClient;
  size?: string;
  operations?: number;
}

async function open(entry: Entry, workload: Workload, { quick, signal }: RunOptions): Promise<void> {
  const { contender } = entry.cell;
  signal.throwIfAborted();
  const { client, opened } = CellClient.start(workload.name, contender, quick, signal);
  const answer = await opened;
  switch (answer.kind) {
    case 'ready':
      Object.assign(entry, { client, size: answer.size, operations: answer.operations });
      return;
    case 'not applicable':
    case 'failed':
      entry.cell = { ...answer, contender };
      client.end();
      return;
    case 'sample':
      throw new Error('a cell answered before it was asked');
  }
}

async function take(entry: Entry, client: CellClient): Promise<void> {
  const { contender } = entry.cell;
  const answer = await client.sample();
  if (answer.kind === 'sample') {
    entry.cell = add(entry, answer.ns, answer.counters);
    return;
  }
  client.end();
  delete entry.client;
  entry.cell = {
    kind: 'failed',
    contender,
    error: answer.kind === 'failed' ? answer.error : 'an odd answer',
  };
}

function add(
  { cell, size = '', operations = 1 }: Entry,
  ns: number,
  counters: Measured['counters'],
): Measured {
  if (cell.kind !== 'measured') {
    return { kind: 'measured', contender: cell.contender, size, samples: [ns], operations, counters };
  }
  return {
    ...cell,
    samples: [...cell.samples, ns],
    operations: cell.operations + operations,
    counters: sum(cell.counters, counters),
  };
}
