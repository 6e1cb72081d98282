import type { Count } from './count.js';

/** What is shown beside the table: with `list`, the text of each missing row; with `area`, one area alone. */
export interface PrintOptions {
  readonly list: boolean;
  readonly area: string | undefined;
}

/** The count as text: the table, the deviations with their reasons, what is missing, what is wrong. */
export function printCount({ rows, faults }: Count, { list, area }: PrintOptions): string {
  const shown = rows.filter((row) => area === undefined || row.area === area);
  const deviations = shown.flatMap(({ name, state }) =>
    state.kind === 'deviating' ? [`  ${name}: ${state.reasons.join(' ')}`] : [],
  );
  const missing = shown.filter(({ state }) => state.kind === 'missing');
  return [
    ...table(shown),
    ...section('deviating on purpose', deviations),
    ...section('missing', list ? missing.map(inFull) : bySection(missing)),
    ...section(
      'wrong',
      faults.map((fault) => `  ${fault}`),
    ),
    '',
  ].join('\n');
}

type Rows = Count['rows'];

const COLUMNS = ['listed', 'held', 'deviating', 'failed', 'missing P0', 'missing P1'];

function table(rows: Rows): readonly string[] {
  const areas = [...new Set(rows.map(({ area }) => area))];
  const lines = areas.map((area) =>
    line(
      area,
      rows.filter((row) => row.area === area),
    ),
  );
  const head = `${'area'.padEnd(24)}${COLUMNS.map((column) => column.padStart(12)).join('')}`;
  return [head, ...lines, ...(areas.length > 1 ? [line('all', rows)] : [])];
}

function line(title: string, rows: Rows): string {
  const of = (kind: string, priority?: string): number =>
    rows.filter((row) => row.state.kind === kind && (priority ?? row.priority) === row.priority).length;
  const numbers = [
    rows.length,
    of('held'),
    of('deviating'),
    of('failed'),
    of('missing', 'P0'),
    of('missing', 'P1'),
  ];
  return `${title.padEnd(24)}${numbers.map((number) => String(number).padStart(12)).join('')}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

function inFull({ name, priority, text }: Rows[number]): string {
  return `  ${name} ${priority} ${text}`;
}

/** `  mpsc: 3* 4 7`, where a star marks a row of P0. */
function bySection(rows: Rows): readonly string[] {
  const sections = new Map<string, string[]>();
  for (const { name, priority } of rows) {
    const [section = '', number = ''] = name.split('/');
    const numbers = sections.get(section) ?? [];
    sections.set(section, numbers);
    numbers.push(priority === 'P0' ? `${number}*` : number);
  }
  return [...sections].map(([section, numbers]) => `  ${section}/ ${numbers.join(' ')}`);
}
