import { parseArgs } from 'node:util';

/** What was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly sentence: string }
  | {
      readonly kind: 'run';
      readonly workloads: readonly string[];
      readonly contenders: readonly string[];
      readonly quick: boolean;
      readonly json: boolean;
    }
  | {
      readonly kind: 'settle';
      /** Columns and rows of the table; all where none is named. */
      readonly names: readonly string[];
      readonly json: boolean;
      readonly markdown: boolean;
    };

/** What may be asked for. */
export interface Choices {
  readonly workloads: readonly string[];
  /** Those that run when none is named. */
  readonly byDefault: readonly string[];
  readonly contenders: readonly string[];
  /** Columns and rows of the settlement table. */
  readonly settlement: readonly string[];
}

const OPTIONS = {
  workload: { type: 'string', multiple: true },
  contender: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  json: { type: 'boolean' },
  settlement: { type: 'boolean' },
  markdown: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
const OPTION_NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);

/** Reads the arguments. What is wrong is answered with a sentence that names it and what may stand there. */
export function readCommandLine(args: readonly string[], choices: Choices): Command {
  // A package manager passes on the `--` that some of its users need.
  const given = args[0] === '--' ? args.slice(1) : [...args];
  const { values, tokens } = parseArgs({ args: given, options: OPTIONS, strict: false, tokens: true });
  if (values.help === true) return { kind: 'help' };
  if (tokens.some((token) => token.kind === 'option' && token.name === 'settlement')) {
    return readSettlement(tokens, values, choices.settlement);
  }
  const asked = { workload: new Set<string>(), contender: new Set<string>() };
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') return refused(`got "${token.value}"`, 'options', OPTION_NAMES);
    const { name, rawName, value } = token;
    if (name === 'markdown') {
      return {
        kind: 'refused',
        sentence: 'bench: --markdown writes the table of --settlement, which was not asked for.',
      };
    }
    if (name === 'workload' || name === 'contender') {
      const known = choices[`${name}s`];
      if (value === undefined) return refused(`got ${rawName} without a name`, `${name}s`, known);
      if (!known.includes(value)) return refused(`got ${rawName} ${value}`, `${name}s`, known);
      asked[name].add(value);
    } else if (!Object.hasOwn(OPTIONS, name)) {
      return refused(`got ${rawName}`, 'options', OPTION_NAMES);
    } else if (value !== undefined) {
      return { kind: 'refused', sentence: `bench: ${rawName} takes no value, got ${value}.` };
    }
  }
  return {
    kind: 'run',
    workloads: asked.workload.size === 0 ? choices.byDefault : inOrder(choices.workloads, asked.workload),
    contenders:
      asked.contender.size === 0 ? choices.contenders : inOrder(choices.contenders, asked.contender),
    quick: values.quick === true,
    json: values.json === true,
  };
}

type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;

/** `--settlement` and the names after it. Nothing of the comparison goes with it. */
function readSettlement(
  tokens: Tokens,
  { json, markdown }: Readonly<Record<string, unknown>>,
  known: readonly string[],
): Command {
  const names = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    const name = token.kind === 'positional' || token.name === 'settlement' ? token.value : undefined;
    if (name !== undefined) {
      if (!known.includes(name)) return refused(`got --settlement ${name}`, 'columns and rows', known);
      names.add(name);
    } else if (token.kind === 'option' && !SETTLEMENT_OPTIONS.includes(token.name)) {
      return refused(`got ${token.rawName} with --settlement`, 'options of which', ['--json', '--markdown']);
    }
  }
  if (markdown === true && names.size > 0) {
    return {
      kind: 'refused',
      sentence: 'bench: --markdown writes the whole table; name no column and no row.',
    };
  }
  return { kind: 'settle', names: inOrder(known, names), json: json === true, markdown: markdown === true };
}

const SETTLEMENT_OPTIONS = ['settlement', 'json', 'markdown'];

/** What `--help` prints. */
export function helpText({ workloads, byDefault, contenders, settlement }: Choices): string {
  const asked = workloads.filter((name) => !byDefault.includes(name));
  return `Compares how tasks, threads and promises do the same work, and explains the result.

Usage: pnpm bench [options]

  --workload NAME   only this one; may be given again
                    ${byDefault.join(', ')};
                    only when named: ${asked.join(', ')} (the library against a bare await)
  --contender NAME  only this one; may be given again
                    ${contenders.join(', ')}
  --quick           fewer and smaller samples: done in less than a minute instead of a minute and a half
  --json            one JSON document on stdout, progress on stderr
  --settlement [NAME …]
                    another table: what becomes of a job that fails, here and with the pools that people
                    use; some minutes, or only the columns and rows that are named:
${wrapped(settlement)}
  --markdown        writes the whole table of --settlement to docs/settlement.md
  --help            this text

Ends with 0; 1 when a contender gave a wrong answer, a target of core was missed, or a cell of ours
does not hold; 2 for wrong arguments; 130 after Ctrl-C, which prints what was measured until then.
`;
}

/** Names in lines that fit beside the options. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > 90) lines.push(`${' '.repeat(20)}${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join(',\n');
}

function inOrder(all: readonly string[], some: ReadonlySet<string>): string[] {
  return all.filter((name) => some.has(name));
}

function refused(got: string, what: string, choices: readonly string[]): Command {
  return { kind: 'refused', sentence: `bench: ${got}; the ${what} are ${choices.join(', ')}.` };
}
