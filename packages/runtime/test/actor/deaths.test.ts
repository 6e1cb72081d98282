import { type Actor, type JoinError, registerClass, setPanicHook, tasksFrom, thread } from '@heddle/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** However an actor's thread ends: every call of it settles, with the error that the handle gives. */
const here = new URL('./modules/actors.mjs', import.meta.url);
const { BadEnd, Broken, Doomed, Journal } = tasksFrom<typeof import('./modules/actors.mjs')>(here);
const missing = tasksFrom<{ Nowhere: new () => Doomed }>(here);
const gone = tasksFrom<{ Nowhere: new () => Doomed }>(new URL('./modules/no-such.mjs', import.meta.url));
type Doomed = import('./modules/actors.mjs').Doomed;

class NoMoney extends Error {
  declare readonly missing: unknown;
}
registerClass(NoMoney, 'test.NoMoney');

beforeAll(() => setPanicHook(() => undefined));
afterAll(() => setPanicHook(null));

/** An actor, and what brings its thread to its end. */
interface Death {
  readonly how: string;
  readonly start: () => Actor<Doomed>;
  readonly end: (actor: Actor<Doomed>) => unknown;
  readonly kind: 'crash' | 'cancelled' | 'panic';
  readonly error: Record<string, unknown>;
}

const doomed = (options: Parameters<typeof thread.builder>[0] = {}) => thread.builder(options).actor(Doomed);
const message = (text: RegExp) => ({ message: expect.stringMatching(text) as unknown });
const nothing = () => undefined;

const deaths: readonly Death[] = [
  {
    how: 'process.exit(3)',
    start: doomed,
    end: ({ remote }) => remote.exit(3),
    kind: 'crash',
    error: message(/process\.exit\(3\)/),
  },
  {
    how: 'process.exit(0)',
    start: doomed,
    end: ({ remote }) => remote.exit(0),
    kind: 'crash',
    error: message(/process\.exit\(0\)/),
  },
  {
    how: 'an end that no exit handler hears of',
    start: doomed,
    end: ({ remote }) => remote.reallyExit(),
    kind: 'crash',
    error: message(/ended with exit code 0/),
  },
  {
    how: 'an uncaught exception',
    start: doomed,
    end: ({ remote }) => remote.throwOutside(),
    kind: 'crash',
    error: { ...message(/uncaught exception: 5 short/), cause: expect.any(NoMoney) as unknown },
  },
  {
    how: 'an unhandled rejection',
    start: doomed,
    end: ({ remote }) => remote.rejectOutside(),
    kind: 'crash',
    error: { ...message(/unhandled rejection: 6 short/), cause: expect.any(NoMoney) as unknown },
  },
  {
    how: 'running out of memory',
    start: () => doomed({ resourceLimits: { maxOldGenerationSizeMb: 32 } }),
    end: ({ remote }) => remote.outOfMemory(),
    kind: 'crash',
    error: message(/ran out of memory/),
  },
  {
    how: 'an abort while it waits',
    start: doomed,
    end: ({ handle }) => handle.abort('enough'),
    kind: 'cancelled',
    error: { cause: 'enough' },
  },
  {
    how: 'an abort while it never gives up the thread',
    start: () => doomed({ graceMs: 1 }),
    end: ({ remote, handle }) => {
      const spinning = remote.spin();
      setTimeout(() => handle.abort('enough'), 20);
      return spinning;
    },
    kind: 'cancelled',
    error: { cause: 'enough' },
  },
  {
    how: 'an abort with no grace',
    start: () => doomed({ graceMs: 0 }),
    end: ({ handle }) => handle.abort(),
    kind: 'cancelled',
    error: {},
  },
  {
    how: 'its timeoutMs',
    start: () => doomed({ timeoutMs: 50 }),
    end: nothing,
    kind: 'cancelled',
    error: { cause: new Error('timeoutMs: 50 ms have passed') },
  },
  {
    how: 'its signal',
    start: () => doomed({ signal: AbortSignal.timeout(50) }),
    end: nothing,
    kind: 'cancelled',
    error: {},
  },
  {
    how: 'a signal that had fired before',
    start: () => doomed({ signal: AbortSignal.abort('never') }),
    end: nothing,
    kind: 'cancelled',
    error: { cause: 'never' },
  },
  {
    how: 'a constructor that throws',
    start: () => thread.actor(Broken, '9') as unknown as Actor<Doomed>,
    end: nothing,
    kind: 'panic',
    error: { cause: expect.objectContaining({ name: 'NoMoney', missing: '9' }) as unknown },
  },
  {
    how: 'a class that its module does not export',
    start: () => thread.actor(missing.Nowhere),
    end: nothing,
    kind: 'panic',
    error: message(/has no export \\?"Nowhere\\?"/),
  },
  {
    how: 'a module that is not there',
    start: () => thread.actor(gone.Nowhere),
    end: nothing,
    kind: 'panic',
    error: message(/there is no module at/),
  },
];

describe('pending and later calls reject with what the handle gives, after', () => {
  test.each(deaths)('$how', async ({ start, end, kind, error }) => {
    const actor = start();
    const pending = [actor.remote.wait(), actor.remote.wait()].map(rejection);
    const ending = Promise.resolve(end(actor)).catch((thrown: unknown) => thrown);
    const outcome = await actor.handle;
    if (outcome.ok) return expect.unreachable('it ended well');
    expect(outcome.error.kind).toBe(kind);
    expect(outcome.error).toMatchObject(error);
    expect(await Promise.all(pending)).toEqual([outcome.error, outcome.error]);
    expect([undefined, outcome.error]).toContain(await ending);
    expect(await rejection(actor.remote.ok())).toBe(outcome.error);
    expect(await actor.stop()).toBe(outcome);
  });
});

test('what was answered before the end is not lost to it', async () => {
  for (let n = 0; n < 3; n += 1) {
    const { remote, handle } = doomed();
    expect(await remote.exitSoon()).toBe('answered');
    expect((await handle).ok).toBe(false);
  }
});

test('a call made after the abort and before the end settles with it', async () => {
  const { remote, handle } = doomed();
  await remote.ok();
  handle.abort();
  const late = rejection(remote.ok());
  const outcome = await handle;
  expect(outcome.ok ? undefined : outcome.error).toBe(await late);
});

test('a throw while the object is disposed of is a panic, and what was called before is answered', async () => {
  const actor = thread.actor(BadEnd);
  const answer = actor.remote.work();
  const outcome = await actor.stop();
  expect(await answer).toBe(1);
  expect(outcome.ok ? undefined : outcome.error.intoPanic()).toBeInstanceOf(NoMoney);
  expect(await rejection(actor.remote.work())).toMatchObject({ name: 'JoinError', kind: 'panic' });
});

test('a neighbour is none the worse', async () => {
  await using neighbour = thread.actor(Journal);
  const actor = doomed();
  void rejection(actor.remote.exit(1));
  await actor.handle;
  expect(await neighbour.remote.noteLater('here')).toBe('here');
});

function rejection(call: Promise<unknown>): Promise<JoinError> {
  return call.then(
    () => expect.unreachable('it was answered'),
    (error: JoinError) => error,
  );
}
