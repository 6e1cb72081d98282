import { setMaxListeners } from 'node:events';
import { type Choices, type Command, helpText, readCommandLine } from './command-line.js';
import { contenders } from './contenders/list.js';
import type { CoreRow } from './core/core-row.js';
import { isMet } from './core/core-row.js';
import { coreSentence, drawCore } from './core/core-table.js';
import { runCore } from './core/run-core.js';
import { WARM_UP } from './measure/cell-session.js';
import { runWorkload } from './measure/run-workload.js';
import { colours } from './report/colours.js';
import { drawComparison } from './report/comparison-table.js';
import { type Findings, jsonDocument } from './report/json-document.js';
import { thisMachine } from './report/machine.js';
import { Progress } from './report/progress.js';
import { settle, settlementNames } from './settlement/settle.js';
import { workloads } from './workloads/list.js';

/** How long all workloads may take, but for the least number of rounds of each. */
const BUDGET_MS = { full: 75_000, quick: 35_000 };
const CORE = 'core';

type Run = Extract<Command, { kind: 'run' }>;

const byDefault = workloads.map(({ name }) => name);
const choices: Choices = {
  workloads: [...byDefault, CORE],
  byDefault,
  contenders: Object.keys(contenders),
  settlement: settlementNames(),
};
const command = readCommandLine(process.argv.slice(2), choices);
switch (command.kind) {
  case 'help':
    console.log(helpText(choices));
    break;
  case 'refused':
    console.error(command.sentence);
    process.exitCode = 2;
    break;
  case 'run':
    process.exitCode = await run(command);
    break;
  case 'settle':
    process.exitCode = await settle({ ...command, ...interruptibleRun() });
    break;
}

async function run({ quick, json, ...asked }: Run): Promise<number> {
  const findings: Findings = { quick, interrupted: false, workloads: [], core: [] };
  const { signal: interrupt, progress } = interruptibleRun();
  interrupt.addEventListener('abort', () => {
    findings.interrupted = true;
  });
  const say = (text: string): void => {
    progress.clear();
    if (!json) console.log(text);
  };
  say(heading(quick));
  if (json) progress.show('heddle bench', 'begins');

  const chosen = workloads.filter(({ name }) => asked.workloads.includes(name));
  const endsAtMs = performance.now() + (quick ? BUDGET_MS.quick : BUDGET_MS.full);
  for (const [index, workload] of chosen.entries()) {
    if (interrupt.aborted) break;
    const result = await runWorkload(workload, {
      contenders: asked.contenders,
      quick,
      signal: interrupt,
      budgetMs: (endsAtMs - performance.now()) / (chosen.length - index),
      progress(round, rounds, contender) {
        const step = round === 0 ? 'warm-up' : `round ${round} of at most ${rounds}`;
        progress.show(`${workload.name}, ${step}`, contender);
      },
    });
    findings.workloads.push(result);
    say(
      `\n${colours.bold(workload.name)}: ${workload.about} (${result.rounds} ${result.rounds === 1 ? 'round' : 'rounds'})`,
    );
    say(`${drawComparison(result.cells)}\n${result.sentence}`);
  }
  if (asked.workloads.includes(CORE) && !interrupt.aborted) {
    await measureCore(asked.contenders, findings, interrupt, progress, say);
  }
  progress.clear();
  if (json) console.log(JSON.stringify(jsonDocument(findings), null, 2));
  else if (findings.interrupted) console.log('\nInterrupted: this is what was measured until then.');
  return exitCode(findings);
}

async function measureCore(
  contenders: readonly string[],
  findings: Findings,
  signal: AbortSignal,
  progress: Progress,
  say: (text: string) => void,
): Promise<void> {
  say(`\n${colours.bold(CORE)}: the library against bare JavaScript; targets are ratios to the baseline`);
  const rows = (some: readonly CoreRow[]): void => {
    findings.core.push(...some);
    say(drawCore(some));
  };
  try {
    await runCore({
      quick: findings.quick,
      contenders,
      signal,
      rows,
      progress: (...step) => progress.show(...step),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  say(coreSentence(findings.core));
}

/** A signal that the first Ctrl-C sets off. The second one finds no listener and ends the process. */
function interruptibleRun(): { readonly signal: AbortSignal; readonly progress: Progress } {
  const interrupt = new AbortController();
  // A process for each contender listens to it.
  setMaxListeners(0, interrupt.signal);
  process.once('SIGINT', () => interrupt.abort());
  return { signal: interrupt.signal, progress: new Progress() };
}

function heading(quick: boolean): string {
  const { cpu, cpus, os, node, load } = thisMachine();
  const warmUp = `${WARM_UP.samples} runs and ${WARM_UP.ms} ms of warm-up for each`;
  const busy =
    load > cpus / 2
      ? `\nOther programs keep this machine busy (load ${load.toFixed(1)}): trust the factors, not the times.`
      : '';
  return `heddle bench${quick ? ' --quick' : ''}: ${cpus} CPUs (${cpu}), ${os}, Node ${node}; one process per contender, ${warmUp}, samples in turn; medians, with the middle half of the samples (all of them, below 7)${busy}`;
}

function exitCode({ interrupted, workloads, core }: Findings): number {
  if (interrupted) return 130;
  const failed = workloads.some(({ cells }) => cells.some(({ kind }) => kind === 'failed'));
  const missed = core.some((row) => isMet(row) === false);
  return failed || missed ? 1 : 0;
}
