import { setMaxListeners } from 'node:events';
import { type TraceRun, traceOf } from '@heddle/runtime/trace';
import { Progress } from '../report/progress.js';
import { stepsPerMs } from './calibrate.js';
import type { Command } from './command-line.js';
import { outputFolder, unwritableSentence } from './output-folder.js';
import { pinnedTo } from './pinning.js';
import { recordRun } from './record-run.js';
import { showTrace } from './show-trace.js';

/** Records the runs of a program one after the other, and shows them. Gives the code to end with. */
export async function recordProgram(command: Extract<Command, { kind: 'record' }>): Promise<number> {
  const { program, under: asked, cpus, level, limitMs, out, open } = command;
  const problem = unwritableSentence(outputFolder(out, program));
  if (problem !== undefined) {
    console.error(`lab: ${problem}.`);
    return 2;
  }
  const pinning = cpus === undefined ? undefined : pinnedTo(cpus);
  if (pinning?.kind === 'not pinned') console.error(`lab: ${pinning.because}.`);

  const interrupt = new AbortController();
  setMaxListeners(0, interrupt.signal);
  // The second Ctrl-C finds no listener, and ends the process.
  process.once('SIGINT', () => interrupt.abort());
  const progress = new Progress();
  progress.show(program, 'measures how fast this machine is');
  const speed = stepsPerMs();
  const runs: TraceRun[] = [];
  let failed = false;
  for (const under of asked) {
    progress.show(`${program} under ${under}`, 'records');
    const outcome = await recordRun(
      { program, under, stepsPerMs: speed, limitMs },
      { level, pinning, signal: interrupt.signal },
    );
    progress.clear();
    if (outcome.kind === 'recorded') runs.push(outcome.run);
    if (interrupt.signal.aborted) break;
    if (outcome.kind === 'failed') {
      failed = true;
      console.error(`lab: ${program} under ${under}: ${outcome.error}.`);
    } else if (outcome.hung) {
      failed = true;
      console.error(`lab: ${program} under ${under} ${unfinishedWords(outcome.run, limitMs)}.`);
    }
  }
  if (runs.length > 0) await showTrace(traceOf(program, runs), { out, open, isNew: true });
  if (!interrupt.signal.aborted) return failed ? 1 : 0;
  console.error(
    runs.length === 0
      ? 'lab: interrupted before a run was recorded: there is nothing to show.'
      : 'lab: interrupted; this is what was recorded until then.',
  );
  return 130;
}

/** How far a run came within its limit, which begins when its jobs are started. */
export function unfinishedWords({ events }: Pick<TraceRun, 'events'>, limitMs: number): string {
  const began = events.some((event) => event.k === 'mark' && event.name === 'barrier');
  const where = began ? 'had not ended' : 'had not come to the barrier, where all jobs begin,';
  return `${where} after ${limitMs / 1_000} s: it is shown as it was`;
}
