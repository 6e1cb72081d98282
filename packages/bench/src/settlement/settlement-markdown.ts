import { listText } from '../explain/number-text.js';
import { ASPECTS, type Cell, holds } from './cell.js';
import { cellText, LEGEND } from './cell-text.js';
import type { Settlement } from './run-settlement.js';
import type { SettlementDocument } from './settlement-json.js';
import { columns } from './spawners/list.js';
import type { Tally } from './tally.js';

/** The command whose output the document is, as the document says. */
const COMMAND = 'npx -y pnpm@10 bench --settlement --markdown';

/** Writes the table as `docs/settlement.md`: what was measured, and what was seen where something did not hold. */
export function settlementMarkdown(document: SettlementDocument): string {
  const { machine, measuredOn, spawners } = document;
  const parts = [
    '# What becomes of a job that fails',
    `<!-- Made by ${COMMAND}: do not edit. -->`,
    `Every way of running JavaScript on threads works while nothing goes wrong. This is about the rest: each row is something that goes wrong, each column a way to run jobs on threads, and each cell was measured in a process of its own on ${measuredOn}, with Node ${machine.node} on ${machine.os.split(' ')[0]}. Nothing here was written by hand. To measure it again (some minutes): \`${COMMAND}\`.`,
    table(document),
    legend(),
    '## What it says',
    document.tally.map(says).join('\n'),
    '## How it was measured',
    'The jobs are the same functions for all, and so are the rules: who words an error differently is as right as who words it as heddle does. A pool is opened, used once on each of its threads, and given a neighbour: a job that stays for a while. Then the failure happens to another job. It hangs when nothing has come for two seconds (five when the pool is shut down, since some document a grace) nor in the time it then takes to start ten threads, which is longer on a busy machine. What it settles with must name what happened: the text of the error, its causes and codes are searched for it. After that the neighbour must give its value, a next job must work, and as many jobs at once as there were threads. Where a handle can be joined by blocking, the failure happens once more and is joined so; a job of `spawnBlocking` refuses that at the call, by design. With 70,000 pending, hung means that none settled for ten seconds, or not all within sixty; a refusal at the call is an answer. A few cells hang on a race, and then show one end of it.',
    'Each is used as its own documentation shows, and what it does not have is no failure. In particular:',
    spawners.map((name) => `- ${setupText(name, document)}`).join('\n'),
    '## What was seen',
    'Of the columns of heddle every row, of the others those that did not hold.',
    spawners.flatMap((name, column) => seen(document, name, column)).join('\n\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table({ spawners, rows, tally }: SettlementDocument): string {
  const lines = [
    ['', ...spawners],
    ['---', ...spawners.map(() => '---')],
    ...rows.map(({ title, cells }) => [title, ...cells.map(cellText)]),
    ['held, of those asked', ...tally.map(({ held, asked }) => `${held}/${asked}`)],
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function legend(): string {
  return ['| | means |', '| --- | --- |', ...LEGEND.map(([sign, means]) => `| ${sign} | ${means} |`)].join(
    '\n',
  );
}

function says({ spawner, asked, held, hung, down }: Tally): string {
  if (asked === 0) return `- **${spawner}** could not be asked.`;
  if (held === asked) return `- **${spawner}** held in each of ${asked} rows.`;
  const worst = [
    ...(hung > 0 ? [`a job hung in ${hung}`] : []),
    ...(down > 0 ? [`the caller's process ended in ${down}`] : []),
  ];
  return `- **${spawner}** held in ${held} of ${asked} rows${worst.length > 0 ? `; ${listText(worst)}` : ''}.`;
}

function setupText(name: string, { columns }: SettlementDocument): string {
  const { package: pkg, version, setup } = columns[name]!;
  return `**${name}** (${pkg} ${version}): ${setup}.`;
}

function seen({ rows }: Settlement, name: string, column: number): string[] {
  const cells = rows.map(({ title, cells }) => ({ title, cell: cells[column]! }));
  const told = columns[name]?.ours === true ? cells : cells.filter(({ cell }) => holds(cell) !== true);
  const reasons = new Set(told.map(({ cell }) => (cell.kind === 'none' ? cell.reason : cell)));
  const [reason] = reasons;
  // One reason for all of them is told once.
  if (told.length > 1 && reasons.size === 1 && typeof reason === 'string') {
    return [`### ${name}`, `- all: ${escaped(reason)}`];
  }
  if (told.length === 0) return [];
  return [`### ${name}`, told.map(({ title, cell }) => `- ${title}: ${escaped(sawText(cell))}`).join('\n')];
}

function sawText(cell: Cell): string {
  switch (cell.kind) {
    case 'measured': {
      const { settled, kind } = cell.findings;
      const wrong = ASPECTS.filter((aspect) => aspect !== 'settled' && aspect !== 'kind').flatMap((aspect) =>
        cell.findings[aspect]?.held === false ? [cell.findings[aspect].saw] : [],
      );
      return [kind?.saw ?? settled?.saw ?? 'nothing', ...wrong].join('; ');
    }
    case 'down':
      return `the process ended with ${cell.saw}`;
    case 'none':
      return cell.reason;
    case 'failed':
      return `could not be measured: ${cell.saw}`;
    case 'unmeasured':
      return 'not measured';
  }
}

/** Text of others in a document: no markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, (sign) => `\\${sign}`);
}
