import { expect, it } from 'vitest';
import { rowName, rowsOf } from '../../../src/lab/page/rows.js';
import { Places } from '../../../src/lab/page/wire/places.js';
import { countedRun } from './fixture.js';

const { picture } = countedRun(['w1', 'w2', 'w3', 'w4']);
const quiet = { ...picture.threads[0]!, thread: undefined, name: 'node', bands: [] };

it('threads that did nothing share one row, the last', () => {
  const threads = [{ ...quiet, tid: 5001 }, ...picture.threads, { ...quiet, tid: 5002 }];
  const rows = rowsOf({ ...picture, threads });
  expect(rows.map(rowName)).not.toContain('node');
  expect(rowName(rows.at(-1)!)).toBe('2 idle threads');
  expect(rows.filter(({ kind }) => kind === 'thread')).toHaveLength(6);
  const places = new Places(rows);
  expect([places.tid(5001), places.tid(5002)]).toEqual([rows.length - 1, rows.length - 1]);
});

it('a thread that did nothing alone keeps its name', () => {
  const rows = rowsOf({ ...picture, threads: [{ ...quiet, tid: 5001 }, ...picture.threads] });
  expect(rowName(rows.at(-1)!)).toBe('node');
});
