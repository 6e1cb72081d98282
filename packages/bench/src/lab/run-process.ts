import { once } from 'node:events';
import { record, zeroOf } from '@heddle/runtime/trace';
import type { AskedRun } from './asked-run.js';
import { programNamed } from './programs/list.js';
import { runJobs } from './run-jobs.js';
import type { RunMessage } from './run-messages.js';
import { stageFor } from './stage.js';

/** The process of one run: see `run-messages.ts`. Its argument says which. It ends when its parent lets go of it. */
const asked = JSON.parse(process.argv[2] ?? '') as AskedRun;
// Ctrl-C reaches the whole group of processes. The parent shows what it has, and then ends this one.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

const program = programNamed(asked.program);
if (program === undefined) throw new Error(`no such program: ${asked.program}`);
const stage = await stageFor(program, asked.under);
const recording = record({ label: asked.under });
const done = runJobs(program, asked, stage, atBarrier).then(
  () => ({ kind: 'done' }) as const,
  (error) => ({ kind: 'failed', error: error instanceof Error ? error.message : String(error) }) as const,
);
const outcome = await Promise.race([done, limitReached()]);
const run = recording.stop();
say(
  outcome.kind === 'failed'
    ? outcome
    : { kind: 'recorded', run, zeroNs: zeroOf(run) ?? 0, hung: outcome.kind === 'limit' },
);

async function atBarrier(): Promise<void> {
  const begin = once(process, 'message');
  say({ kind: 'ready' });
  await begin;
  recording.mark('barrier');
}

/** Counted from before the barrier: jobs that never come there hang, too. */
function limitReached(): Promise<{ readonly kind: 'limit' }> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: 'limit' }), asked.limitMs).unref();
  });
}

function say(message: RunMessage): void {
  process.send?.(message);
}
