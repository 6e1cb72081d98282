import {
  blocking,
  main,
  Runtime,
  sleep,
  spawn,
  spawnBlocking,
  task,
  taskLocal,
  thread,
  yieldNow,
} from '@heddle/runtime';
import { ManualHost } from '@heddle/runtime/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byHand, silencePanics } from '../../by-hand.js';
import { deviates } from '../deviates.js';

/** What tokio promises of the ids of tasks and of their context, row by row. Over each test stands its source. */

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

// task_id.rs: task_id_spawn, task_id_spawn_blocking, task_id_spawn_local
test('task-ids-context/1 task.id() is known in a task, async or generator, on a pool thread and on one of its own', async () => {
  const ids = async () => (await import('@heddle/runtime')).task.id();
  const handles = [
    spawn(async () => task.id()),
    spawn(function* () {
      yield* yieldNow();
      return task.id();
    }),
    spawnBlocking(ids),
    thread.spawn(ids),
  ];
  for (const handle of handles) expect((await handle).unwrap()).toBe(handle.id);
});

// task_id.rs: task_id_collision_current_thread, task_id_collision_multi_thread
test('task-ids-context/2 two tasks that live at once have two ids', async () => {
  const { host, spawn } = byHand();
  const [one, two] = [spawn(() => task.id()), spawn(() => task.id())];
  await host.settle();
  expect((await one).unwrap()).not.toBe((await two).unwrap());
});

// task_id.rs: task_id_future_destructor_completion, task_id_future_destructor_abort
test('task-ids-context/3 the cleanup of a task has its id, after an abort and after the end', async () => {
  const { host, spawn } = byHand();
  const seen: number[] = [];
  const handles = [1, 100_000].flatMap((ms) => [
    spawn(function* () {
      try {
        yield* sleep(ms);
      } finally {
        seen.push(task.id());
      }
    }),
    spawn(async () => {
      try {
        await sleep(ms);
      } finally {
        seen.push(task.id());
      }
    }),
  ]);
  await host.advance(1);
  for (const handle of handles) handle.abort();
  await host.settle();
  expect(seen.sort((a, b) => a - b)).toEqual(handles.map(({ id }) => id));
});

// task_id.rs: task_try_id_outside_task
test('task-ids-context/4 tryId() is undefined outside any task, before and after one has run', async () => {
  const { host, spawn } = byHand();
  expect(task.tryId()).toBe(undefined);
  spawn(() => task.id());
  await host.settle();
  expect(task.tryId()).toBe(undefined);
});

// task_id.rs: task_try_id_inside_block_on
test('task-ids-context/4 the body of main is a task, which has an id', async ({ task: test }) => {
  deviates(test, 'rootIsTask');
  expect(await main(async () => task.tryId(), { signals: false })).toBeTypeOf('number');
});

// task_id.rs: task_id_nested_spawn_local
test('task-ids-context/5 a task that waits for one of another runtime has its own id again, and never the other one', async () => {
  const host = new ManualHost();
  const [outer, inner] = [new Runtime({ host }), new Runtime({ host })];
  const seen: [string, number][] = [];
  const handle = outer.spawn(function* () {
    seen.push(['outer', task.id()]);
    const other = inner.spawn(function* () {
      seen.push(['inner', task.id()]);
      yield* yieldNow();
      seen.push(['inner', task.id()]);
    });
    yield* other;
    seen.push(['outer', task.id()]);
    return other.id;
  });
  await host.settle();
  const innerId = (await handle).unwrap();
  expect(seen).toEqual([
    ['outer', handle.id],
    ['inner', innerId],
    ['inner', innerId],
    ['outer', handle.id],
  ]);
});

// task_builder.rs: spawn_blocking_with_name, spawn_blocking_without_name
test('task-ids-context/6 a blocking job has the name of its builder, or none', async () => {
  const [named, unnamed] = [blocking.builder({ name: 'crunch' }).spawn(() => 1), spawnBlocking(() => 2)];
  expect([named.name, (await named).unwrap()]).toEqual(['crunch', 1]);
  expect([unnamed.name, (await unnamed).unwrap()]).toEqual([undefined, 2]);
});

/** What a call threw, and whether it was thrown synchronously with this file on its stack. */
function thrownBy(call: () => unknown): { readonly message: string; readonly isHere: boolean } {
  try {
    call();
  } catch (error) {
    const { message, stack = '' } = error as Error;
    return { message, isHere: stack.includes('task-ids-context.test') };
  }
  return { message: 'nothing was thrown', isHere: false };
}

// task_panic.rs: block_in_place_panic_caller, local_set_block_on_panic_caller
test('task-ids-context/7 what would block a thread that has tasks throws at the call, which is in its stack', async () => {
  const joined = thread.spawn(() => 1);
  const other = spawn(() => sleep(1));
  const seen = await spawn(async () => [
    thrownBy(() => joined.blockingJoin()),
    thrownBy(() => thread.park()),
  ]);
  expect(seen.unwrap().map(({ isHere }) => isHere)).toEqual([true, true]);
  await other;
  await joined;
});

// task_panic.rs: local_set_spawn_local_panic_caller, spawn_panic_caller
test('task-ids-context/7 a spawn outside any runtime uses the default one, and one of nonsense throws at the call', async ({
  task,
}) => {
  deviates(task, 'defaultRuntime');
  expect((await spawn(() => 1)).unwrap()).toBe(1);
  expect(thrownBy(() => spawn(42 as never))).toMatchObject({ isHere: true });
});

// task_panic.rs: local_key_with_panic_caller, local_key_get_panic_caller
test('task-ids-context/8 get() of a task-local where it has no value throws at the call, which is in its stack', () => {
  const KEY = taskLocal<number>('task-ids-context/8');
  expect(thrownBy(() => KEY.get())).toMatchObject({ isHere: true });
  expect(thrownBy(() => KEY.get()).message).toContain('has no value here');
});

// task_panic.rs: local_key_sync_scope_panic_caller. There it cannot be entered while its value is borrowed; JavaScript
// borrows nothing, so what is refused of syncScope is what would run without the value.
test('task-ids-context/8 syncScope() of a function that would run without the value throws at the call', () => {
  const KEY = taskLocal<number>('task-ids-context/8 again');
  const thrown = thrownBy(() =>
    KEY.syncScope(1, function* () {
      yield* yieldNow();
    }),
  );
  expect(thrown).toMatchObject({ isHere: true });
  expect(KEY.syncScope(1, () => KEY.syncScope(2, () => KEY.get()))).toBe(2);
});
