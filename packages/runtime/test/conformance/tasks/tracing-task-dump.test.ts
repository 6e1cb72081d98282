import { sleep, task } from '@heddle/runtime';
import { expect, test } from 'vitest';
import { byHand } from '../../by-hand.js';

/** What tokio's tracing records of a task, row by row. Over each test stands its source. */

// tracing_task.rs: task_spawn_loc_file_recorded, task_builder_loc_file_recorded, task_builder_name_recorded
test('tracing-task-dump/1 where a task was spawned is recorded in a runtime for debugging, and so is its name', async () => {
  const { host, spawn } = byHand({ debug: true });
  const plain = spawn(() => sleep(1));
  const parent = spawn(() => ({ named: task.builder({ name: 'crawler' }).spawn(() => sleep(1)) }));
  await host.settle();
  const { named } = (await parent).unwrap();
  for (const handle of [plain, named]) handle.abort();
  await host.settle();
  for (const handle of [plain, named]) {
    const result = await handle;
    expect(result.ok ? '' : result.error.stack).toMatch(
      /\n {4}at spawned \(.*tracing-task-dump\.test\.ts:\d+:\d+\)/,
    );
    expect(result.ok ? '' : result.error.taskName).toBe(handle.name);
  }
  expect([plain.name, named.name]).toEqual([undefined, 'crawler']);
});
