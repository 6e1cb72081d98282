import { describe, expect, it } from 'vitest';
import { type Choices, helpText, readCommandLine } from '../src/command-line.js';

const choices: Choices = {
  workloads: ['spawn-many', 'hog', 'core'],
  byDefault: ['spawn-many', 'hog'],
  contenders: ['plain-promises', 'raw-worker'],
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
    [['--fast'], 'bench: got --fast; the options are --workload, --contender, --quick, --json, --help.'],
    [['-q'], 'bench: got -q; the options are --workload, --contender, --quick, --json, --help.'],
    [['hog'], 'bench: got "hog"; the options are --workload, --contender, --quick, --json, --help.'],
    [['--quick=yes'], 'bench: --quick takes no value, got yes.'],
  ])('refuses %j with a sentence that names it and the choices', (args, sentence) => {
    expect(read(...args)).toEqual({ kind: 'refused', sentence });
  });

  it('names every choice in its help', () => {
    for (const name of [...choices.workloads, ...choices.contenders])
      expect(helpText(choices)).toContain(name);
  });
});
