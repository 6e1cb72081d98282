import { describe, expect, it } from 'vitest';
import { type Choices, helpText, readCommandLine } from '../src/command-line.js';

const choices: Choices = {
  workloads: ['spawn-many', 'hog', 'core'],
  byDefault: ['spawn-many', 'hog'],
  contenders: ['plain-promises', 'raw-worker'],
  settlement: ['thread.spawn', 'piscina', 'exit-0'],
};
const read = (...args: string[]) => readCommandLine(args, choices);

describe('the command line', () => {
  it('runs everything but core when nothing is asked for', () => {
    expect(read()).toEqual({
      kind: 'run',
      workloads: ['spawn-many', 'hog'],
      contenders: ['plain-promises', 'raw-worker'],
      quick: false,
      json: false,
    });
  });

  it('takes names more than once, in any order and either form', () => {
    expect(
      read('--quick', '--workload', 'core', '--workload=hog', '--contender', 'raw-worker', '--json'),
    ).toEqual({
      kind: 'run',
      workloads: ['hog', 'core'],
      contenders: ['raw-worker'],
      quick: true,
      json: true,
    });
  });

  it('takes columns and rows of the settlement table, in any order and either form', () => {
    expect(read('--settlement')).toEqual({ kind: 'settle', names: [], json: false, markdown: false });
    expect(read('--settlement', 'exit-0', 'thread.spawn', '--json')).toEqual({
      kind: 'settle',
      names: ['thread.spawn', 'exit-0'],
      json: true,
      markdown: false,
    });
    expect(read('--markdown', '--settlement')).toMatchObject({ kind: 'settle', markdown: true });
    expect(read('--settlement=piscina')).toMatchObject({ kind: 'settle', names: ['piscina'] });
  });

  it('passes over the -- that a package manager hands on', () => {
    expect(read('--', '--quick')).toMatchObject({ kind: 'run', quick: true });
  });

  it.each(['--help', '-h'])('answers %s with help', (flag) => {
    expect(read('--quick', flag)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--workload', 'hug'], 'bench: got --workload hug; the workloads are spawn-many, hog, core.'],
    [['--contender=tokio'], 'bench: got --contender tokio; the contenders are plain-promises, raw-worker.'],
    [['--workload'], 'bench: got --workload without a name; the workloads are spawn-many, hog, core.'],
    [
      ['--fast'],
      'bench: got --fast; the options are --workload, --contender, --quick, --json, --settlement, --markdown, --help.',
    ],
    [
      ['-q'],
      'bench: got -q; the options are --workload, --contender, --quick, --json, --settlement, --markdown, --help.',
    ],
    [
      ['hog'],
      'bench: got "hog"; the options are --workload, --contender, --quick, --json, --settlement, --markdown, --help.',
    ],
    [['--quick=yes'], 'bench: --quick takes no value, got yes.'],
    [
      ['--settlement', 'pool'],
      'bench: got --settlement pool; the columns and rows are thread.spawn, piscina, exit-0.',
    ],
    [
      ['--settlement', '--quick'],
      'bench: got --quick with --settlement; the options of which are --json, --markdown.',
    ],
    [
      ['--settlement', 'piscina', '--markdown'],
      'bench: --markdown writes the whole table; name no column and no row.',
    ],
    [['--markdown'], 'bench: --markdown writes the table of --settlement, which was not asked for.'],
  ])('refuses %j with a sentence that names it and the choices', (args, sentence) => {
    expect(read(...args)).toEqual({ kind: 'refused', sentence });
  });

  it('names every choice in its help', () => {
    for (const name of [...choices.workloads, ...choices.contenders, ...choices.settlement])
      expect(helpText(choices)).toContain(name);
  });
});
