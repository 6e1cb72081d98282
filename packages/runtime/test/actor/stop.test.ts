import { proxy, spawn, tasksFrom, thread } from '@heddle/runtime';
import { expect, test } from 'vitest';

/** How an actor that is well comes to its end, and in which order its calls run. */
const { Journal } = tasksFrom<typeof import('./modules/actors.mjs')>(
  new URL('./modules/actors.mjs', import.meta.url),
);

function journal() {
  const told: string[] = [];
  return { told, actor: start(told) };
}

function start(told: string[], options = {}) {
  return thread.builder(options).actor(
    Journal,
    proxy((what: string) => void told.push(what)),
  );
}

test('stop answers what was called before, disposes of the object, and settles the handle', async () => {
  const { told, actor } = journal();
  const calls = ['a', 'b'].map((text) => actor.remote.noteLater(text));
  const outcome = await actor.stop();
  expect(outcome).toMatchObject({ ok: true, value: undefined });
  expect(await Promise.all(calls)).toEqual(['a', 'b']);
  expect(told).toEqual(['disposed after a,b']);
  expect(actor.handle.isFinished()).toBe(true);
  expect(await actor.handle).toBe(outcome);
});

test('calls after stop are refused by name, while it is ending and when it has ended', async () => {
  const { actor } = journal();
  const stopping = actor.stop();
  const refused = {
    name: 'ActorStopped',
    code: 'ERR_ACTOR_STOPPED',
    message: 'Journal.note: the actor is stopped',
  };
  await expect(actor.remote.note('late')).rejects.toMatchObject(refused);
  await stopping;
  await expect(actor.remote.note('later')).rejects.toMatchObject(refused);
});

test('stopping twice waits for the one end', async () => {
  const { told, actor } = journal();
  const [one, two] = await Promise.all([actor.stop(), actor.stop()]);
  expect(one).toBe(two);
  expect(told).toEqual(['disposed after ']);
});

test('await using stops it', async () => {
  const told: string[] = [];
  {
    await using actor = start(told);
    void actor.remote.note('a');
  }
  expect(told).toEqual(['disposed after a']);
});

test('an abort fires the signal of the calls that run, and disposes of the object within the grace', async () => {
  const told: string[] = [];
  const actor = start(told, { graceMs: 10_000 });
  const waiting = actor.remote.waitForAbort().catch((error: unknown) => error);
  while (told.length === 0) await actor.remote.lines();
  actor.handle.abort('enough');
  const outcome = await actor.handle;
  expect(outcome.ok ? undefined : outcome.error).toMatchObject({ kind: 'cancelled', cause: 'enough' });
  expect(await waiting).toBe(outcome.ok ? undefined : outcome.error);
  expect(told).toEqual(['waiting', 'told', 'disposed after ']);
});

test('an abort ends a stop that waits for a call', async () => {
  const { actor } = journal();
  const forever = actor.remote.forever().catch((error: unknown) => error);
  const stopping = actor.stop();
  actor.handle.abort();
  const outcome = await stopping;
  expect(outcome.ok ? undefined : outcome.error.kind).toBe('cancelled');
  expect(await forever).toBe(outcome.ok ? undefined : outcome.error);
});

test('calls begin in the order made, and one that waits lets others by', async () => {
  await using actor = thread.actor(Journal);
  const texts = Array.from({ length: 200 }, (_, n) => String(n));
  await Promise.all(texts.map((text) => actor.remote.note(text)));
  expect(await actor.remote.lines()).toEqual(texts);
  const later = actor.remote.noteLater('later');
  await actor.remote.note('now');
  await later;
  expect((await actor.remote.lines()).slice(-2)).toEqual(['now', 'later']);
});

test('a call is a task over there, and can have tasks', async () => {
  await using actor = thread.actor(Journal);
  expect(await actor.remote.taskName()).toEqual(['number', false]);
  expect(await actor.remote.inTasks(10)).toBe(45);
});

test('its handle has the name of its builder, and its thread can be joined from a task', async () => {
  const actor = thread.builder({ name: 'diary' }).actor(Journal);
  expect(actor.handle.name).toBe('diary');
  const joined = spawn(async () => (await actor.handle).ok);
  await actor.stop();
  expect((await joined).unwrap()).toBe(true);
});
