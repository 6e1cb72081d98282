import { askProcess } from '../measure/ask-process.js';
import type { CoreRow } from './core-row.js';

/** How much is measured. */
export interface CoreOptions {
  readonly quick: boolean;
  /** Whose rows are wanted; the import is measured whoever they are. */
  readonly contenders: readonly string[];
  readonly signal: AbortSignal;
  /** Called before a part of some step begins. */
  readonly progress: (step: string, part: string) => void;
  /** Called with rows as soon as they are known. */
  readonly rows: (rows: readonly CoreRow[]) => void;
}

const WARM_UPS = '5';
const groupProcess = new URL('./group-process.js', import.meta.url);
const awaitProcess = new URL('./await-process.js', import.meta.url);

/**
 * Measures the library against bare JavaScript.
 *
 * A group runs in several processes, one after another, each with rounds of its own: what a compiler made of
 * the code once is not what it makes of it every time. The import is measured in fresh processes alone.
 */
export async function runCore({ quick, contenders, signal, progress, rows }: CoreOptions): Promise<void> {
  const groups = [
    { name: 'generator', of: 'spawn-generator', processes: quick ? 2 : 5, rounds: 7, execArgv: [] },
    { name: 'async', of: 'spawn-async', processes: quick ? 2 : 5, rounds: 7, execArgv: [] },
    { name: 'sleeping', of: 'spawn-generator', processes: 1, rounds: quick ? 3 : 7, execArgv: [] },
    { name: 'recording', of: 'spawn-generator', processes: quick ? 1 : 3, rounds: 7, execArgv: [] },
    { name: 'parked', of: 'spawn-generator', processes: 1, rounds: quick ? 1 : 3, execArgv: ['--expose-gc'] },
  ];
  for (const { name, of, processes, rounds, execArgv } of groups) {
    if (!contenders.includes(of)) continue;
    const answers: CoreRow[][] = [];
    for (let process = 1; process <= processes; process += 1) {
      progress(`core, ${name}`, `process ${process} of ${processes}`);
      const args = [name, String(rounds), WARM_UPS];
      // From a process beside this one, so that the machine is as busy for both.
      if (name === 'async') args.push(await measureStore(rounds, signal));
      answers.push((await askProcess(groupProcess, args, { execArgv, signal })) as CoreRow[]);
    }
    rows(merge(answers));
  }
  rows(await measureImport(quick ? 9 : 21, signal, progress));
}

async function measureStore(rounds: number, signal: AbortSignal): Promise<string> {
  return JSON.stringify(await askProcess(groupProcess, ['store', String(rounds), WARM_UPS], { signal }));
}

function merge(answers: readonly CoreRow[][]): CoreRow[] {
  const [first = [], ...others] = answers;
  return first.map((row, index) => {
    const same = [row, ...others.map((other) => other[index]!)];
    const samples = same.flatMap((row) => row.samples);
    if (row.baseline === undefined) return { ...row, samples };
    const baseline = { ...row.baseline, samples: same.flatMap((row) => row.baseline?.samples ?? []) };
    return { ...row, samples, baseline };
  });
}

const STATES = ['without', 'with', 'ran'] as const;

async function measureImport(
  rounds: number,
  signal: AbortSignal,
  progress: CoreOptions['progress'],
): Promise<CoreRow[]> {
  const samples = { without: [] as number[], with: [] as number[], ran: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    progress('core, import', `round ${round + 1} of ${rounds}`);
    for (let place = 0; place < STATES.length; place += 1) {
      const state = STATES[(place + round) % STATES.length]!;
      samples[state].push((await askProcess(awaitProcess, [state], { signal })) as number);
    }
  }
  const group = 'one bare await of a fresh process';
  const baseline = { what: 'without the library', samples: samples.without };
  return [
    { group, what: 'without the library', unit: 'ns', samples: samples.without },
    {
      group,
      what: 'with the library imported',
      unit: 'ns',
      samples: samples.with,
      baseline,
      target: { kind: 'no cost' },
    },
    {
      group,
      what: 'after 1,000 generator tasks ran',
      unit: 'ns',
      samples: samples.ran,
      baseline,
      target: { kind: 'no cost' },
    },
  ];
}
