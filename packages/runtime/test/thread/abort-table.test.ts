import { readFileSync } from 'node:fs';
import { type JoinHandle, setPanicHook, type ThreadOptions, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * The table in docs/threads.md of what runs, and what does not, when a thread comes to its end: each cell is measured
 * here and compared with what stands there.
 */
const ends = tasksFrom<{ end: (words: Int32Array, how: string) => Promise<void> }>(
  new URL('./modules/ends.mjs', import.meta.url),
);

interface Row {
  readonly how: string;
  readonly options?: ThreadOptions;
  /** Whether the test aborts it: before it has begun, or when it runs. */
  readonly abort?: 'before' | 'running';
}

const hour = 3_600_000;
const rows: Readonly<Record<string, Row>> = {
  returned: { how: 'returns' },
  threw: { how: 'panics' },
  'aborted before it began': { how: 'listens', abort: 'before' },
  'aborted, and it ends within its grace': { how: 'listens', options: { graceMs: hour }, abort: 'running' },
  'past its `timeoutMs`, and it ends within its grace': {
    how: 'listens',
    options: { graceMs: hour, timeoutMs: 50 },
  },
  'aborted, and terminated after the grace: it waits for something else': {
    how: 'waits',
    options: { graceMs: 1_000 },
    abort: 'running',
  },
  'aborted, and terminated after the grace: it never gives up the thread': {
    how: 'loops',
    options: { graceMs: 50 },
    abort: 'running',
  },
  'aborted, with `graceMs: 0`': { how: 'listens', options: { graceMs: 0 }, abort: 'running' },
  'called `process.exit()`': { how: 'exits' },
  'nobody caught an error': { how: 'throws' },
  'its event loop ran dry': { how: 'runs dry' },
  'ran out of memory': {
    how: 'runs out of memory',
    options: { resourceLimits: { maxOldGenerationSizeMb: 16 } },
  },
};

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

test('the table in docs/threads.md has these rows', () => {
  expect([...documented().keys()]).toEqual(Object.keys(rows));
});

test.each(Object.entries(rows))('what the table says of a thread that %s is so', async (name, row) => {
  expect(await measured(row)).toEqual(documented().get(name));
});

const BEGAN = 0;
/** As the columns of the table are ordered, behind two words that say how far it is. */
const COLUMNS = 5;

async function measured({ how, options = {}, abort }: Row): Promise<string[]> {
  const words = new Int32Array(new SharedArrayBuffer(4 * (2 + COLUMNS)));
  const handle = thread.builder(options).spawn(ends.end, words, how);
  if (abort === 'before') handle.abort();
  else {
    while (Atomics.load(words, BEGAN) === 0) await new Promise((resolve) => setImmediate(resolve));
    if (abort === 'running') handle.abort();
  }
  const outcome = await outcomeOf(handle);
  return [...[...words.slice(2)].map((ran) => (ran === 1 ? 'runs' : '—')), outcome];
}

async function outcomeOf(handle: JoinHandle<unknown>): Promise<string> {
  const result = await handle;
  return result.ok ? 'value' : result.error.kind;
}

/** The cells of the table, by the first of each row. */
function documented(): Map<string, string[]> {
  const markdown = readFileSync(new URL('../../../../docs/threads.md', import.meta.url), 'utf8');
  const [, table = ''] = markdown.split(/^\| A thread that .*\n\|[- |]*\n/m);
  const lines = table.slice(0, table.indexOf('\n\n')).split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name, cells];
    }),
  );
}
