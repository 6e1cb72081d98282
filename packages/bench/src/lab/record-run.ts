import { type KernelLevel, recordKernel, type TraceRun, withKernel } from '@heddle/runtime/trace';
import type { AskedRun } from './asked-run.js';
import type { Pinning } from './pinning.js';
import { RunClient } from './run-client.js';

/** What came of a run. `hung` says that jobs had not ended, and that it is shown as it was. */
export type RunOutcome =
  | { readonly kind: 'recorded'; readonly run: TraceRun; readonly hung: boolean }
  | { readonly kind: 'failed'; readonly error: string };

export interface RecordOptions {
  readonly level: KernelLevel | undefined;
  readonly pinning: Pinning | undefined;
  readonly signal: AbortSignal;
}

/** How much longer than its limit a run may take to say what it has: for one on a busy machine. */
const MORE_MS = 10_000;

/**
 * Runs a program once in a process of its own, with the kernel's recorder beside it, which is ready before the barrier
 * opens. Whatever comes, when this ends nothing is left of either.
 */
export async function recordRun(
  asked: AskedRun,
  { level, pinning, signal }: RecordOptions,
): Promise<RunOutcome> {
  const client = new RunClient(asked, pinning, signal);
  try {
    const ready = await client.ready();
    if (ready.kind === 'failed') return ready;
    // It hung before the barrier.
    if (ready.kind === 'recorded') return ready;
    const kernel = await recordKernel({ pid: client.pid, ...(level === undefined ? {} : { level }) });
    try {
      const sinceNs = Number(process.hrtime.bigint());
      const said = await client.run(asked.limitMs + MORE_MS);
      if (said.kind !== 'recorded') return said.kind === 'failed' ? said : OUT_OF_TURN;
      const run = withKernel(said.run, await kernel.stop(), said.zeroNs);
      const kernelFromNs = Math.round(sinceNs - said.zeroNs);
      return { kind: 'recorded', run: { ...run, kernelFromNs }, hung: said.hung };
    } finally {
      await kernel.stop();
    }
  } finally {
    await client.end();
  }
}

const OUT_OF_TURN: RunOutcome = { kind: 'failed', error: 'its process began twice' };
