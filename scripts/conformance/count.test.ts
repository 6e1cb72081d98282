import { describe, expect, test } from 'vitest';
import { type Row, rowsOf } from './behaviours.js';
import { count, namesIn } from './count.js';
import { printCount } from './print-count.js';

const decided = { joinTwice: 'A handle may be awaited again.' };
const row = (name: string, priority: 'P0' | 'P1' = 'P0'): Row => ({
  name,
  priority,
  area: 'sync',
  text: '…',
});
const passed = (title: string) => ({ title, state: 'passed' as const });
const many = Array.from({ length: 100 }, (_, at) => row(`watch/${at + 1}`, 'P1'));
const kindsOf = (rows: readonly Row[], tests: Parameters<typeof count>[1]): string[] =>
  count(rows, tests, decided).rows.map(({ state }) => state.kind);

describe('a row', () => {
  test('is read from its line, and what looks like one and is none is refused', () => {
    const line = '- `mpsc/3` **P0** (H) Closing wakes. _[sync_mpsc.rs: close]_';
    expect(rowsOf('sync', `# Sync\n\n## mpsc\n\n${line}\n`)).toEqual([
      { name: 'mpsc/3', area: 'sync', priority: 'P0', text: '(H) Closing wakes. _[sync_mpsc.rs: close]_' },
    ]);
    expect(() => rowsOf('sync', '- mpsc/3 closing wakes')).toThrow('not a row');
  });

  test('is held by a test that names it, alone or with others', () => {
    const tests = [passed('mpsc/1 closes'), passed('mpsc/2 mpsc/3 wakes/leaves')];
    expect(kindsOf([row('mpsc/1'), row('mpsc/2'), row('mpsc/3')], tests)).toEqual(['held', 'held', 'held']);
  });

  test('is missing when no test names it, when one does later than at the beginning, and when that is skipped', () => {
    const tests = [passed('as mpsc/1 does'), { title: 'mpsc/2 wakes', state: 'skipped' as const }];
    expect(kindsOf([row('mpsc/1'), row('mpsc/2'), row('mpsc/3')], tests)).toEqual([
      'missing',
      'missing',
      'missing',
    ]);
  });

  test('has failed when one of its tests has', () => {
    const tests = [passed('mpsc/1 closes'), { title: 'mpsc/1 wakes', state: 'failed' as const }];
    const { rows, faults } = count([row('mpsc/1')], tests, decided);
    expect(rows[0]?.state).toEqual({ kind: 'failed' });
    expect(faults).toEqual(['failed: mpsc/1 wakes']);
  });

  test('deviates by a decision, and by nothing else', () => {
    const tests = [
      { ...passed('handle/1 joins twice'), deviates: 'joinTwice' },
      { ...passed('handle/2 is lazy'), deviates: 'laziness' },
    ];
    const { rows, faults } = count([row('handle/1'), row('handle/2')], tests, decided);
    expect(rows[0]?.state).toEqual({ kind: 'deviating', reasons: ['A handle may be awaited again.'] });
    expect(faults).toEqual(['deviates for a reason that nobody decided (laziness): handle/2 is lazy']);
  });
});

describe('it is wrong that', () => {
  test('a test names a row that is not listed', () => {
    expect(count([row('mpsc/1')], [passed('mpsc/1 mpsc/9 closes')], decided).faults).toEqual([
      'names a row that is not listed: mpsc/1 mpsc/9 closes',
    ]);
  });

  test('one row of P0 is missing', () => {
    expect(count([row('mpsc/1'), row('mpsc/2')], [passed('mpsc/1 closes')], decided).faults).toEqual([
      '1 of P0 missing',
    ]);
  });

  test('two in a hundred of P1 are missing, while one may be', () => {
    const tests = many.map(({ name }) => passed(`${name} holds`));
    expect(count(many, tests.slice(1), decided).faults).toEqual([]);
    expect(count(many, tests.slice(2), decided).faults).toEqual([
      '2 of 100 of P1 missing, which is not under 2 %',
    ]);
  });
});

test('the names of a title are those it begins with', () => {
  expect(namesIn('mpsc/3 mpsc/4 one/two')).toEqual(['mpsc/3', 'mpsc/4']);
  expect(namesIn('mpsc/3')).toEqual(['mpsc/3']);
  expect(namesIn('closes mpsc/3')).toEqual([]);
  expect(namesIn('mpsc/3: closes')).toEqual([]);
});

test('a count is printed with its reasons and with what is missing', () => {
  const rows = [row('mpsc/1'), row('mpsc/2'), row('mpsc/3', 'P1'), { ...row('abort/1'), area: 'tasks' }];
  const tests = [passed('mpsc/1 closes'), { ...passed('abort/1 ends'), deviates: 'joinTwice' }];
  const counted = count(rows, tests, decided);
  expect(printCount(counted, { list: false, area: undefined })).toBe(`\
area                          listed        held   deviating      failed  missing P0  missing P1
sync                               3           1           0           0           1           1
tasks                              1           0           1           0           0           0
all                                4           1           1           0           1           1

deviating on purpose:
  abort/1: A handle may be awaited again.

missing:
  mpsc/ 2* 3

wrong:
  1 of P0 missing
  1 of 1 of P1 missing, which is not under 2 %
`);
  expect(printCount(counted, { list: true, area: 'sync' })).toContain('  mpsc/3 P1 …\n');
});
