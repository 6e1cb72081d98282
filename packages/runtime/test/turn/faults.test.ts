import {
  type JoinHandle,
  type Policy,
  type Ready,
  setPanicHook,
  sleep,
  task,
  yieldNow,
} from '@heddle/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

afterEach(() => setPanicHook(null));

/** First come, first served, but what `fault` says is thrown instead. */
function faultyPolicy(fault: Fault): Policy {
  const ready: Ready[] = [];
  const check = (where: Fault['in']) => {
    if (fault.in !== where) return;
    delete fault.in;
    throw new Error(`${where} failed`);
  };
  return {
    lifoSlot: false,
    get size() {
      return ready.length;
    },
    push: (task) => {
      check('push');
      ready.push(task);
    },
    pop: () => {
      check('pop');
      return ready.shift();
    },
    remove: (task) => {
      check('remove');
      return ready.splice(ready.indexOf(task) >>> 0, 1).length === 1;
    },
  };
}

interface Fault {
  in?: 'push' | 'pop' | 'remove';
}

describe('a policy that throws', () => {
  it('is heard of, and the next turn goes on', async () => {
    const fault: Fault = {};
    const { host, spawn } = byHand({ policy: faultyPolicy(fault) });
    const handles = [1, 2].map((value) => spawn(() => value));
    fault.in = 'pop';
    expect(() => host.turn()).toThrow('pop failed');
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['1', '2']);
  });

  it('at a spawn fails the spawn, and nothing else', async () => {
    const fault: Fault = { in: 'push' };
    const { host, runtime, spawn } = byHand({ policy: faultyPolicy(fault) });
    expect(() => spawn(() => 1)).toThrow('push failed');
    const handle = spawn(() => 2);
    await host.settle();
    expect(await outcomeOf(handle)).toBe('2');
    expect(runtime.metrics()).toMatchObject({ spawnedTasksCount: 1, numAliveTasks: 0 });
  });

  it('while timers fire does not keep the later ones from firing', async () => {
    const fault: Fault = {};
    const { host, spawn } = byHand({ policy: faultyPolicy(fault) });
    const first = spawn(() => sleep(1));
    const later = spawn(() => sleep(2));
    await host.settle();
    fault.in = 'push';
    await expect(host.advance(1)).rejects.toThrow('push failed');
    await host.advance(1);
    expect(await Promise.all([first, later].map(outcomeOf))).toEqual(['undefined', 'undefined']);
  });
});

describe('a policy that throws loses no task', () => {
  it('that gives way', async () => {
    const fault: Fault = {};
    const { host, runtime, spawn } = byHand({ policy: faultyPolicy(fault) });
    const handle = spawn(function* () {
      fault.in = 'push';
      yield* yieldNow();
      return 1;
    });
    await expect(host.settle()).rejects.toThrow('push failed');
    await host.settle();
    expect(await outcomeOf(handle)).toBe('1');
    await runtime.shutdown();
  });

  it('that gives way while it cleans up', async () => {
    const fault: Fault = {};
    const { host, spawn } = byHand({ policy: faultyPolicy(fault) });
    const lines: string[] = [];
    const handle = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        fault.in = 'push';
        yield* yieldNow();
        lines.push('cleaned up');
      }
    });
    await host.settle();
    handle.abort();
    await expect(host.settle()).rejects.toThrow('push failed');
    await host.settle();
    expect([await outcomeOf(handle), ...lines]).toEqual(['cancelled', 'cleaned up']);
  });

  it('that is aborted while it waits, and tells its signal', async () => {
    const fault: Fault = {};
    const { host, spawn } = byHand({ policy: faultyPolicy(fault) });
    let signal: AbortSignal | undefined;
    const handle = spawn(function* () {
      signal = task.signal;
      yield* sleep(1000);
    });
    await host.settle();
    fault.in = 'push';
    expect(() => handle.abort()).toThrow('push failed');
    expect(signal?.aborted).toBe(true);
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
  });

  it('that is aborted before it began', async () => {
    const fault: Fault = { in: 'remove' };
    const { host, runtime, spawn } = byHand({ policy: faultyPolicy(fault) });
    const handle = spawn(() => 1);
    expect(() => handle.abort()).toThrow('remove failed');
    await host.settle();
    expect(await outcomeOf(handle)).toBe('cancelled');
    expect(runtime.metrics()).toMatchObject({ numAliveTasks: 0, queueDepth: 0 });
  });

  it('of those that join one task', async () => {
    const fault: Fault = {};
    const { host, spawn } = byHand({ policy: faultyPolicy(fault) });
    const joined = spawn(function* () {
      yield* sleep(1);
      fault.in = 'push';
      return 'joined';
    });
    const joiners = [1, 2, 3].map(() =>
      spawn(function* () {
        return (yield* joined).unwrap();
      }),
    );
    await host.settle();
    await expect(host.advance(1)).rejects.toThrow('push failed');
    await host.settle();
    expect(await Promise.all(joiners.map(outcomeOf))).toEqual(['joined', 'joined', 'joined']);
  });

  it('in a shutdown, which says so when all have ended', async () => {
    const fault: Fault = {};
    const { host, runtime, spawn } = byHand({ policy: faultyPolicy(fault) });
    const waiting = spawn(() => sleep(1000));
    await host.settle();
    const queued = spawn(() => 1);
    fault.in = 'remove';
    const ended = runtime.shutdown().catch((thrown: Error) => thrown.message);
    await host.settle();
    expect(await Promise.all([waiting, queued].map(outcomeOf))).toEqual(['cancelled', 'cancelled']);
    expect(await ended).toBe('remove failed');
  });
});

describe('a panic hook', () => {
  it('may spawn, abort, and panic itself, in the middle of a turn', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const victim = spawn(() => sleep(1000));
    let spawned: JoinHandle<string> | undefined;
    setPanicHook(({ payload }) => {
      lines.push(String(payload));
      victim.abort();
      spawned ??= spawn(() => 'by the hook');
    });
    const others = ['first', 'second'].map((name) =>
      spawn(function* () {
        yield* yieldNow();
        throw name;
      }),
    );
    await host.settle();
    expect(lines).toEqual(['first', 'second']);
    expect(await Promise.all([victim, ...others].map(outcomeOf))).toEqual([
      'cancelled',
      'panic first',
      'panic second',
    ]);
    expect(spawned && (await outcomeOf(spawned))).toBe('by the hook');
  });

  it('is called when the task has settled', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    setPanicHook(({ id, error }) => lines.push(`${handle.isFinished()} ${error.id === id}`));
    const handle = spawn(() => {
      throw 'boom';
    });
    await host.settle();
    expect(lines).toEqual(['true true']);
    expect(await outcomeOf(handle)).toBe('panic boom');
  });
});

describe('an abort from inside a poll', () => {
  it('reaches tasks in every state: queued, waiting, running, ended, and the one that is told', async () => {
    const { host, spawn } = byHand();
    const ended = spawn(() => 'ended');
    const waiting = spawn(() => sleep(1000));
    const unwinding = spawn(function* () {
      try {
        yield* sleep(1000);
      } finally {
        yield* sleep(2);
      }
    });
    await host.settle();
    unwinding.abort('before');
    await host.settle();
    const aborter: JoinHandle<string> = spawn(function* () {
      for (const handle of [ended, waiting, unwinding, queued, aborter]) handle.abort('now');
      return 'aborter';
    });
    const queued = spawn(() => 'queued');
    await host.advance(2);
    const all: JoinHandle<unknown>[] = [ended, waiting, unwinding, aborter, queued];
    expect(await Promise.all(all.map(outcomeOf))).toEqual([
      'ended',
      'cancelled',
      'cancelled',
      'aborter',
      'cancelled',
    ]);
    expect(await unwinding).toMatchObject({ error: { cause: 'before' } });
    expect(host.pendingTimers).toBe(0);
  });

  it('may come from a listener of the task’s own signal, and from its cleanup', async () => {
    const { host, spawn } = byHand();
    const lines: string[] = [];
    const handle: JoinHandle<void> = spawn(async () => {
      task.signal.addEventListener('abort', () => {
        handle.abort('again');
        spawn(() => lines.push('spawned by a listener'));
      });
      try {
        await sleep(1000);
      } finally {
        handle.abort('and again');
      }
    });
    await host.settle();
    handle.abort('first');
    await host.settle();
    expect(lines).toEqual(['spawned by a listener']);
    expect(await handle).toMatchObject({ ok: false, error: { kind: 'cancelled', cause: 'first' } });
  });
});
