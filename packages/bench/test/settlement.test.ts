import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { askProcess } from '../src/measure/ask-process.js';
import type { Cell, Measured } from '../src/settlement/cell.js';
import { cellText, LEGEND, LETTERS } from '../src/settlement/cell-text.js';
import { endingOf } from '../src/settlement/ending.js';
import { briefly, wordsOf } from '../src/settlement/error-words.js';
import { failures } from '../src/settlement/failures/list.js';
import { drawSettlement } from '../src/settlement/settlement-table.js';
import { columns } from '../src/settlement/spawners/list.js';
import { tally } from '../src/settlement/tally.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const cellProcess = new URL('../dist/settlement/cell-process.js', import.meta.url);

const ours = Object.keys(columns).filter((name) => columns[name]?.ours === true);

/** Has one cell measured, in a process of its own. */
async function cell(spawner: string, failure: string): Promise<Cell> {
  return (await askProcess(cellProcess, [spawner, failure])) as Cell;
}

describe('a cell', () => {
  it.each(['throw-class', 'exit-0', 'result-function', 'abort-sync'])(
    'of thread.spawn holds in every respect: %s',
    { timeout: 60_000 },
    async (failure) => {
      const measured = (await cell('thread.spawn', failure)) as Measured;
      expect(measured.kind).toBe('measured');
      const wrong = Object.entries(measured.findings).filter(([, { held }]) => !held);
      expect(wrong).toEqual([]);
      expect(Object.keys(measured.findings)).toEqual(
        expect.arrayContaining(['settled', 'kind', 'usable', 'joiner']),
      );
    },
  );

  it('of spawnBlocking holds in every respect', { timeout: 60_000 }, async () => {
    const { kind, findings } = (await cell('spawnBlocking', 'exit-1')) as Measured;
    expect(kind).toBe('measured');
    expect(Object.values(findings).map(({ held }) => held)).toEqual(Array(5).fill(true));
  });

  it('says hung where a job never settles', { timeout: 60_000 }, async () => {
    const measured = await cell('tinypool', 'exit-0');
    expect(measured).toMatchObject({ findings: { settled: { held: false }, neighbours: { held: true } } });
    expect(cellText(measured)).toMatch(/^hung/);
  });

  it('says which parts of an error were lost', { timeout: 60_000 }, async () => {
    expect(await cell('piscina', 'throw-class')).toMatchObject({
      findings: {
        settled: { held: true },
        kind: { held: true },
        fields: { held: false, saw: 'lost: class, name, code, own properties' },
      },
    });
  });

  it('says when the process of the caller ended', { timeout: 60_000 }, async () => {
    expect(await cell('threads', 'module-broken')).toEqual({ kind: 'down', saw: 'Error: broken at load' });
  });

  it('is no failure where there is no such feature', { timeout: 60_000 }, async () => {
    expect(await cell('comlink', 'abort-sync')).toEqual({
      kind: 'none',
      reason: 'a call cannot be taken back',
    });
  });
});

describe('an ending', () => {
  it('is hung when nothing moves, and not while something does', async () => {
    const never = new Promise(() => {});
    expect(await endingOf(() => never, { hungAfterMs: 20 })).toEqual({ kind: 'hung' });
    let moves = 0;
    const slow = new Promise((resolve) => {
      const move = (): void => {
        moves += 1;
        if (moves < 40) setTimeout(move, 1);
        else resolve('there');
      };
      move();
    });
    expect(await endingOf(() => slow, { hungAfterMs: 20, progress: () => moves })).toEqual({
      kind: 'value',
      value: 'there',
    });
  });

  it('is what the start throws, too', async () => {
    const refuse = (): never => {
      throw new TypeError('refused');
    };
    expect(await endingOf(refuse)).toEqual({ kind: 'error', error: new TypeError('refused') });
  });
});

describe('the words of an error', () => {
  it('are its names, codes and messages, and those of its causes', () => {
    const error = Object.assign(new RangeError('far', { cause: new TypeError('near') }), { code: 'E_FAR' });
    expect(wordsOf(error)).toBe('RangeError E_FAR far TypeError near');
    expect(wordsOf('text')).toBe('text');
    expect(wordsOf(undefined)).toBe('');
    expect(wordsOf({})).toBe('');
  });

  it('are short in a note, and name no folder of this machine', () => {
    expect(briefly(new Error("no module '/home/somebody/here/nowhere.js'\nand more"))).toBe(
      "Error: no module '…/nowhere.js'",
    );
  });
});

describe('the table', () => {
  const held = { held: true, saw: '' };
  const not = { held: false, saw: '' };
  const measured = (findings: Measured['findings']): Measured => ({ kind: 'measured', findings });

  it.each<[Cell, string]>([
    [measured({ settled: held, kind: held, usable: held }), 'ok'],
    [measured({ settled: held, kind: not, fields: not, usable: held }), 'KF'],
    [measured({ settled: not, neighbours: not, usable: not, joiner: not }), 'hung NUJ'],
    [measured({ settled: not, usable: held }), 'hung'],
    [{ kind: 'down', saw: 'boom' }, 'down'],
    [{ kind: 'none', reason: 'no' }, '-'],
    [{ kind: 'failed', saw: 'no' }, '?'],
    [{ kind: 'unmeasured' }, ''],
  ])('puts %j as %j', (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });

  it('explains every sign that it uses', () => {
    const signs = LEGEND.map(([sign]) => sign);
    expect(signs).toEqual(
      expect.arrayContaining(['ok', 'hung', 'down', '-', '?', ...Object.values(LETTERS)]),
    );
  });

  it('fits in 120 columns', () => {
    const spawners = Object.keys(columns);
    const rows = failures.map(({ name, title }) => ({
      name,
      title,
      cells: spawners.map(() => measured({ settled: not, neighbours: not, usable: not, joiner: not })),
    }));
    for (const line of drawSettlement({ spawners, rows }).split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(120);
      expect(line).not.toMatch(/\S{17,}/);
    }
  });

  it('counts what was asked, what held, what hung and what went down', () => {
    const cells: Cell[] = [
      measured({ settled: held }),
      measured({ settled: not }),
      measured({ settled: held, kind: not }),
      { kind: 'down', saw: '' },
      { kind: 'none', reason: '' },
    ];
    const rows = cells.map((cell, n) => ({ name: String(n), title: String(n), cells: [cell] }));
    expect(tally({ spawners: ['a'], rows })).toEqual([{ spawner: 'a', asked: 4, held: 1, hung: 1, down: 1 }]);
  });
});

describe('the failures', () => {
  it('have names and titles of their own', () => {
    expect(new Set(failures.map(({ name }) => name)).size).toBe(failures.length);
    expect(new Set(failures.map(({ title }) => title)).size).toBe(failures.length);
  });
});

describe('docs/settlement.md', () => {
  const text = readFileSync(new URL('../../../docs/settlement.md', import.meta.url), 'utf8');
  const [head = [], , ...body] = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const rows = body.slice(0, failures.length);

  it('has the columns and the rows of the generator', () => {
    expect(head).toEqual(['', ...Object.keys(columns)]);
    expect(rows.map(([title]) => title)).toEqual(failures.map(({ title }) => title));
  });

  it.each(ours)('has no hole in the column of %s', (name) => {
    const at = head.indexOf(name);
    expect(rows.map((cells) => [cells[0], cells[at]])).toEqual(failures.map(({ title }) => [title, 'ok']));
  });

  it('has a cell for everybody else', () => {
    for (const cells of rows)
      for (const cell of cells.slice(1)) expect(cell).toMatch(/^(ok|down|-|hung( [A-Z]+)?|[A-Z]+)$/);
  });

  it('names no folder of the machine that made it', () => {
    expect(text).not.toMatch(/\/(tmp|home|work|root|Users)\//);
  });
});

describe('pnpm bench --settlement', () => {
  it('measures the cells that are named', { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      main,
      '--settlement',
      'piscina',
      'throw-string',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      interrupted: false,
      columns: { piscina: { package: 'piscina', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) } },
      spawners: ['piscina'],
      tally: [{ spawner: 'piscina', asked: 1, held: 1, hung: 0, down: 0 }],
      rows: [{ name: 'throw-string', cells: [{ kind: 'measured' }] }],
    });
  });
});
