import { setPanicHook } from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DocRow, docRows, patternOf } from './doc-rows.js';
import { insideRows } from './inside-rows.js';
import { messageOf, type Provocations, type Provoke } from './provocations.js';
import { sourceTexts } from './source-texts.js';
import { actors } from './tables/actors.js';
import { callArguments } from './tables/arguments.js';
import { channels } from './tables/channels.js';
import { classes } from './tables/classes.js';
import { contexts } from './tables/contexts.js';
import { functions } from './tables/functions.js';
import { locks } from './tables/locks.js';
import { modules } from './tables/modules.js';
import { operations } from './tables/operations.js';
import { outcomes } from './tables/outcomes.js';
import { recordings } from './tables/recordings.js';
import { results } from './tables/results.js';
import { runtimes } from './tables/runtimes.js';
import { sharing } from './tables/sharing.js';
import { sockets } from './tables/sockets.js';
import { spawning } from './tables/spawning.js';
import { onStderr } from './tables/stderr.js';
import { testing } from './tables/testing.js';
import { threadOptions } from './tables/thread-options.js';
import { time } from './tables/time.js';
import { values } from './tables/values.js';

/**
 * Holds docs/errors.md to what the library says: every row is brought about, and its text, its class and its
 * code are compared. Rows that take more than a program can do by itself are brought about in
 * test/unit/errors-doc-inside.test.ts.
 */
const tables: Readonly<Record<string, Provocations>> = {
  'How a task ended': outcomes,
  'Results and panics': results,
  'Arguments and options': callArguments,
  'Spawning and groups': spawning,
  Runtimes: runtimes,
  'Operations and branches': operations,
  Time: time,
  'Channels and semaphores': channels,
  'Locks, barriers, cells': locks,
  Sockets: sockets,
  Threads: threadOptions,
  Actors: actors,
  'Locks and channels between threads': sharing,
  'Functions that cross to a thread': functions,
  'Values that cross to a thread': values,
  'Modules of tasks': modules,
  'Classes that cross to a thread': classes,
  'Task-locals and contexts': contexts,
  Tests: testing,
  Recordings: recordings,
  'On stderr': onStderr,
};
const rows = docRows();

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

describe('docs/errors.md', () => {
  test('has a row for each provocation, and a provocation for each row', () => {
    const provoked = [...Object.values(tables).flatMap((table) => Object.keys(table)), ...insideRows];
    expect(rows.map(({ text }) => text).sort()).toEqual(provoked.sort());
  });

  test('has a row for each text in the source', () => {
    const texts = rows.map((row) => row.text);
    const missing = sourceTexts().filter(({ text }) => !texts.some((row) => isSameText(row, text)));
    expect(missing.map(({ at }) => at)).toEqual([]);
  });

  test.each(Object.keys(tables))('%s: is sorted', (area) => {
    const texts = rows.filter((row) => row.area === area).map(({ text }) => text);
    expect(texts).toEqual([...texts].sort());
  });
});

describe.each(Object.entries(tables))('%s', (area, table) => {
  for (const row of rows.filter((row) => row.area === area && table[row.text] !== undefined)) {
    test(row.text, async () => {
      const seen = new Set<string>();
      for (const provoke of [table[row.text]!].flat() as Provoke[]) {
        const message = await messageOf(provoke);
        compare(row, message);
        if (message instanceof Error) seen.add(message.constructor.name);
      }
      expect([...seen].sort()).toEqual([...row.classes].sort());
    });
  }
});

/** Whether two texts with gaps are one: what either leaves open, the other may have filled in. */
function isSameText(row: string, source: string): boolean {
  return patternOf(row).test(source) || patternOf(source).test(row);
}

function compare(row: DocRow, message: unknown): void {
  const { text, code } = message instanceof Error ? codeAndText(message) : { text: message, code: undefined };
  expect(text).toMatch(patternOf(row.text));
  expect(code).toBe(row.code);
}

function codeAndText(error: Error): { readonly text: string; readonly code: unknown } {
  return { text: error.message, code: 'code' in error ? error.code : undefined };
}
