import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../src/lab/command-line.js';
import { helpText, listText } from '../../src/lab/help-text.js';
import { programs } from '../../src/lab/programs/list.js';

const read = (...args: string[]) => readCommandLine(args, programs, 2);
const hog = {
  kind: 'record',
  program: 'hog',
  under: ['tasks', 'threads'],
  cpus: undefined,
  level: undefined,
  limitMs: 30_000,
  out: undefined,
  open: false,
};
const OPTIONS = '--under, --cpus, --level, --limit, --from, --out, --open, --list, --help';

describe('the command line of the lab', () => {
  it('makes the runs of the program when none is asked for', () => {
    expect(read('hog')).toEqual(hog);
    expect(read('stacked')).toMatchObject({ program: 'stacked', cpus: 1 });
  });

  it('takes spawners in any order, each once, and everything else beside them', () => {
    expect(
      read('--cpus', '1', 'hog', '--under=pool,tasks,pool', '--level', 'counted', '--out', 'here', '--open'),
    ).toEqual({ ...hog, under: ['tasks', 'pool'], cpus: 1, level: 'counted', out: 'here', open: true });
  });

  it('shows an event file', () => {
    expect(read('--from', 'events.jsonl', '--open')).toEqual({
      kind: 'show',
      file: 'events.jsonl',
      out: undefined,
      open: true,
    });
  });

  it('lists the programs when it is given nothing, or asked to', () => {
    expect(read()).toEqual({ kind: 'list' });
    expect(read('--', '--list')).toEqual({ kind: 'list' });
  });

  it.each(['--help', '-h'])('answers %s with help', (flag) => {
    expect(read('hog', flag)).toEqual({ kind: 'help' });
  });

  it.each([
    [['hug'], `lab: got "hug"; the programs are ${programs.map(({ name }) => name).join(', ')}.`],
    [['--open'], `lab: got no program; the programs are ${programs.map(({ name }) => name).join(', ')}.`],
    [['hog', 'stacked'], 'lab: one program at a time, got "stacked" after hog.'],
    [['hog', '--fast'], `lab: got --fast; the options are ${OPTIONS}.`],
    [['hog', '-c'], `lab: got -c; the options are ${OPTIONS}.`],
    [['hog', '--open=yes'], 'lab: --open takes no value, got yes.'],
    [['hog', '--under'], 'lab: --under needs names after it: tasks, threads, pool.'],
    [
      ['hog', '--under', 'tasks,fleet'],
      'lab: got --under tasks,fleet: "fleet"; the spawners are tasks, threads, pool.',
    ],
    [['hog', '--under', 'tasks,'], 'lab: got --under tasks,: ""; the spawners are tasks, threads, pool.'],
    [['hog', '--level', 'perfect'], 'lab: got --level perfect; the levels are exact, counted, process.'],
    [
      ['hog', '--cpus', '3'],
      'lab: --cpus takes a whole number from 1 to 2, which is what there is here, got 3.',
    ],
    [
      ['hog', '--cpus=0x1g'],
      'lab: --cpus takes a whole number from 1 to 2, which is what there is here, got 0x1g.',
    ],
    [['hog', '--cpus'], 'lab: --cpus needs a number after it.'],
    [['--from'], 'lab: --from needs an event file after it.'],
    [['--from='], 'lab: --from needs an event file after it.'],
    [['hog', '--limit', 'soon'], 'lab: --limit takes seconds, more than 0 and up to 3600, got soon.'],
    [['hog', '--limit', '0'], 'lab: --limit takes seconds, more than 0 and up to 3600, got 0.'],
    [['hog', '--out'], 'lab: --out needs a folder after it.'],
    [
      ['hog', '--from', 'events.jsonl'],
      'lab: --from shows a recording and records nothing, so "hog" has no place beside it.',
    ],
    [
      ['--from', 'events.jsonl', '--cpus', '1'],
      'lab: --from shows a recording as it was made, so --cpus has no place beside it.',
    ],
  ])('refuses %j with a sentence that names it and what may stand there', (args, sentence) => {
    expect(read(...args)).toEqual({ kind: 'refused', sentence });
  });

  it('names every program in its list and in its help', () => {
    for (const { name, title } of programs) {
      expect(listText(programs)).toContain(`${name} `);
      expect(helpText(programs)).toContain(title);
    }
  });

  it('has at most six programs, each with a name of its own', () => {
    expect(new Set(programs.map(({ name }) => name)).size).toBe(programs.length);
    expect(programs.length).toBeLessThanOrEqual(6);
  });
});
