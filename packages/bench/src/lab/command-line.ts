import { parseArgs } from 'node:util';
import type { KernelLevel } from '@heddle/runtime/trace';
import { type Program, UNDER, type Under } from './program.js';

/** What was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'refused'; readonly sentence: string }
  | ({ readonly kind: 'record' } & Recorded & Shown)
  | ({ readonly kind: 'show'; readonly file: string } & Shown);

interface Recorded {
  readonly program: string;
  readonly under: readonly Under[];
  /** To how many CPUs the program is pinned; none where it may use all. */
  readonly cpus: number | undefined;
  /** How much of the kernel's side to try for; all that there is where it is left out. */
  readonly level: KernelLevel | undefined;
  /** After how long a run that has not ended is shown as it is. */
  readonly limitMs: number;
}

interface Shown {
  /** The folder to write to; one of the program's own where it is left out. */
  readonly out: string | undefined;
  readonly open: boolean;
}

const LEVELS: readonly KernelLevel[] = ['exact', 'counted', 'process'];

const OPTIONS = {
  under: { type: 'string' },
  cpus: { type: 'string' },
  level: { type: 'string' },
  limit: { type: 'string' },
  from: { type: 'string' },
  out: { type: 'string' },
  open: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
const OPTION_NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);
/** What says how to record, and so has no meaning with a recording that there is. */
const OF_RECORDING = ['under', 'cpus', 'level', 'limit'] as const;

const LIMIT_S = 30;

/**
 * Reads the arguments. What is wrong is answered with a sentence that names it and what may stand there; the first
 * mistake alone, since a later one is often its consequence.
 */
export function readCommandLine(
  args: readonly string[],
  programs: readonly Program[],
  cpusHere: number,
): Command {
  // A package manager passes on the `--` that some of its users need.
  const given = args[0] === '--' ? args.slice(1) : [...args];
  const { values, tokens } = parseArgs({ args: given, options: OPTIONS, strict: false, tokens: true });
  if (values.help === true) return { kind: 'help' };
  const names: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      names.push(token.value);
      continue;
    }
    const { name, rawName, value } = token;
    if (!Object.hasOwn(OPTIONS, name)) return refused(`got ${rawName}`, 'options', OPTION_NAMES);
    const { type } = OPTIONS[name as keyof typeof OPTIONS];
    if (type === 'boolean' && value !== undefined) return no(`${rawName} takes no value, got ${value}`);
    if (type === 'string' && (value === undefined || value === ''))
      return no(`${rawName} ${NEEDS[name as Valued]}`);
  }
  if (values.list === true) return { kind: 'list' };

  const { from, out } = values as Readonly<Record<Valued, string | undefined>>;
  const shown: Shown = { out, open: values.open === true };
  if (from !== undefined) {
    const [program] = names;
    if (program !== undefined)
      return no(`--from shows a recording and records nothing, so "${program}" has no place beside it`);
    const odd = OF_RECORDING.find((name) => values[name] !== undefined);
    if (odd !== undefined)
      return no(`--from shows a recording as it was made, so --${odd} has no place beside it`);
    return { kind: 'show', file: from, ...shown };
  }
  return readProgram(names, values as Readonly<Record<string, string>>, programs, cpusHere, shown);
}

type Valued = 'under' | 'cpus' | 'level' | 'limit' | 'from' | 'out';

const NEEDS: Readonly<Record<Valued, string>> = {
  under: `needs names after it: ${UNDER.join(', ')}`,
  cpus: 'needs a number after it',
  level: `needs one of ${LEVELS.join(', ')} after it`,
  limit: 'needs a number of seconds after it',
  from: 'needs an event file after it',
  out: 'needs a folder after it',
};

function readProgram(
  names: readonly string[],
  { under, cpus, level, limit }: Readonly<Record<string, string>>,
  programs: readonly Program[],
  cpusHere: number,
  shown: Shown,
): Command {
  const [name, more] = names;
  const known = programs.map((program) => program.name);
  if (name === undefined) {
    return (under ?? cpus ?? level ?? limit ?? shown.out ?? (shown.open || undefined))
      ? refused('got no program', 'programs', known)
      : { kind: 'list' };
  }
  const program = programs.find((program) => program.name === name);
  if (program === undefined) return refused(`got ${quoted(name)}`, 'programs', known);
  if (more !== undefined) return no(`one program at a time, got ${quoted(more)} after ${name}`);

  const spawners = under?.split(',') ?? program.under;
  const odd = spawners.find((spawner) => !UNDER.some((known) => known === spawner));
  if (odd !== undefined) return refused(`got --under ${under}: ${quoted(odd)}`, 'spawners', UNDER);
  if (level !== undefined && !LEVELS.some((known) => known === level))
    return refused(`got --level ${level}`, 'levels', LEVELS);
  const count = cpus === undefined ? program.cpus : Number(cpus);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= cpusHere)) {
    return no(`--cpus takes a whole number from 1 to ${cpusHere}, which is what there is here, got ${cpus}`);
  }
  const seconds = limit === undefined ? LIMIT_S : Number(limit);
  if (!(seconds > 0 && seconds <= 3_600))
    return no(`--limit takes seconds, more than 0 and up to 3600, got ${limit}`);
  return {
    kind: 'record',
    program: name,
    // In one order, so that pages of two runs can be compared; each once.
    under: UNDER.filter((known) => spawners.includes(known)),
    cpus: count,
    level: level as KernelLevel | undefined,
    limitMs: seconds * 1_000,
    ...shown,
  };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function refused(got: string, what: string, choices: readonly string[]): Command {
  return no(`${got}; the ${what} are ${choices.join(', ')}`);
}

function no(what: string): Command {
  return { kind: 'refused', sentence: `lab: ${what}.` };
}
