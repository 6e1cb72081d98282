import { sleep, taskLocal } from '@heddle/runtime';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

/** What tokio promises of its task-locals, row by row. Over each test stands its source. */

const REQUEST = taskLocal<number>('task-locals: request');
const OTHER = taskLocal<string>('task-locals: other');

// task_local.rs: local
test('task-locals/1 each of two tasks reads its own value, also after a sleep, and another key is another matter', async () => {
  const { host, spawn } = byHand();
  const reads = (value: number) =>
    spawn(function* () {
      return yield* REQUEST.scope(
        value,
        (function* () {
          const before = REQUEST.get();
          yield* sleep(10);
          return [before, REQUEST.get(), OTHER.tryGet()];
        })(),
      );
    });
  const asyncReads = (value: number) =>
    spawn(async () =>
      REQUEST.scope(value, async () => {
        const before = REQUEST.get();
        await sleep(10);
        return [before, REQUEST.get(), OTHER.tryGet()];
      }),
    );
  const handles = [reads(1), reads(2), asyncReads(3)];
  const other = spawn(() => OTHER.scope('here', () => [OTHER.get(), REQUEST.tryGet()]));
  await host.advance(10);
  expect(await Promise.all(handles.map(async (handle) => (await handle).unwrap()))).toEqual([
    [1, 1, undefined],
    [2, 2, undefined],
    [3, 3, undefined],
  ]);
  expect((await other).unwrap()).toEqual(['here', undefined]);
});

// task_local.rs: task_local_available_on_abort, task_local_available_on_completion_drop
test('task-locals/2 the value is there in the cleanup, after an abort and after the end', async () => {
  const { host, spawn } = byHand();
  const seen: unknown[] = [];
  const cleansUp = (value: number, ms: number) =>
    spawn(function* () {
      yield* REQUEST.scope(
        value,
        (function* () {
          try {
            yield* sleep(ms);
          } finally {
            seen.push(REQUEST.tryGet());
          }
        })(),
      );
    });
  const asyncCleansUp = (value: number, ms: number) =>
    spawn(() =>
      REQUEST.scope(value, async () => {
        try {
          await sleep(ms);
        } finally {
          seen.push(REQUEST.tryGet());
        }
      }),
    );
  const handles = [cleansUp(1, 1), asyncCleansUp(2, 1), cleansUp(3, 1000), asyncCleansUp(4, 1000)];
  await host.advance(1);
  for (const handle of handles) handle.abort();
  await host.settle();
  expect(seen.sort()).toEqual([1, 2, 3, 4]);
});
