import { type JoinHandle, select, sleep, when, yieldNow } from '@heddle/runtime';
import { mpsc, oneshot } from '@heddle/runtime/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe.each(places)('what loses a select in %s', (place) => {
  it('is left before the winner is given: a generator runs its `finally`, which may wait', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const slow = endsAfter(1000, 0);
    const pause = endsAfter(5, 0);
    const ended = wait(place, () =>
      select({
        winner: endsAfter(1, 'won').unwrap(),
        loser: (function* () {
          try {
            yield* slow;
          } finally {
            lines.push(`leaving at ${host.now()}`);
            yield* pause;
            yield* yieldNow();
            lines.push(`left at ${host.now()}`);
          }
        })(),
      }),
    ).then((end) => {
      lines.push(`given at ${host.now()}`);
      return end;
    });
    await host.advance(5);
    expect(await ended).toEqual({ value: { key: 'winner', value: 'won' } });
    expect(lines).toEqual(['leaving at 1', 'left at 5', 'given at 5']);
  });

  it('has its signal fired if it is a function, and the winner has not', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const signals: AbortSignal[] = [];
    const branch = (name: string, ms: number) => (signal: AbortSignal) => {
      signals.push(signal);
      signal.addEventListener('abort', () => lines.push(`${name} lost`));
      return endsAfter(ms, name).unwrap();
    };
    const ended = wait(place, () => select({ a: branch('a', 3), b: branch('b', 1), c: branch('c', 2) }));
    await host.advance(3);
    expect(await ended).toEqual({ value: { key: 'b', value: 'b' } });
    expect(lines).toEqual(['a lost', 'c lost']);
    expect(signals).toHaveLength(3);
  });

  it('goes on if it is a handle or a promise, and can be waited for again', async () => {
    const { host, wait, endsAfter } = scene();
    const handle = endsAfter(3, 'handle');
    let resolve: (value: string) => void = () => undefined;
    const promise = new Promise<string>((settle) => {
      resolve = settle;
    });
    const ended = wait(place, () => select({ handle, promise, quick: endsAfter(1, 0) }));
    await host.advance(1);
    expect(await ended).toMatchObject({ value: { key: 'quick' } });
    const again = wait(place, () => select({ handle, promise }));
    await host.advance(2);
    expect(await again).toMatchObject({ value: { key: 'handle', value: { value: 'handle' } } });
    resolve('promise');
    expect(await promise).toBe('promise');
  });

  it('gives its own throw instead of the winner when its cleanup throws', async () => {
    const { host, wait, endsAfter } = scene();
    const slow = endsAfter(1000, 0);
    const ended = wait(place, () =>
      select({
        winner: endsAfter(1, 'won').unwrap(),
        loser: (function* () {
          try {
            yield* slow;
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
            throw 'cleanup';
          }
        })(),
      }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ thrown: 'cleanup' });
  });

  it('loses no message of a channel, however often it loses', async () => {
    const { host, wait, spawn, endsAfter } = scene();
    const [sender, receiver] = mpsc.channel<number>(2);
    spawn(function* () {
      for (let message = 1; message <= 20; message += 1) {
        yield* sender.send(message);
        yield* sleep(message % 3);
      }
      sender.close();
    });
    const seen: (number | undefined)[] = [];
    const receive = (round: number) => (round % 2 === 0 ? receiver.recv() : () => receiver.recv());
    for (let closed = false, round = 0; !closed; round += 1) {
      const ended = wait(place, () =>
        select({
          message: receive(round),
          tick: endsAfter(1, 0),
        }),
      );
      await host.advance(1);
      const end = await ended;
      if (!('value' in end) || end.value.key !== 'message') continue;
      closed = end.value.value === undefined;
      seen.push(end.value.value);
    }
    expect(seen).toEqual([...Array.from({ length: 20 }, (_, at) => at + 1), undefined]);
  });
});

describe('a select in a loop', () => {
  it('collects from receivers that it disables one by one', async () => {
    const { host, spawn, lines } = scene();
    const [first, fromFirst] = oneshot<string>();
    const [second, fromSecond] = oneshot<string>();
    spawn(function* () {
      const got: { a?: string; b?: string } = {};
      for (;;) {
        const next = yield* select(
          {
            a: when(got.a === undefined, () => fromFirst.recv()),
            b: when(got.b === undefined, () => fromSecond.recv()),
          },
          { else: () => 'both' },
        );
        lines.push(`${next.key} ${next.value}`);
        if (next.key === 'else') return;
        got[next.key] = next.value;
      }
    });
    await host.settle();
    second.send('second');
    await host.settle();
    first.send('first');
    await host.settle();
    expect(lines).toEqual(['b second', 'a first', 'else both']);
  });

  it('leaves its branches when its task is aborted, and fires the signal of a function once', async () => {
    const { host, spawn, lines } = scene();
    const body = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => lines.push('fired'));
      return sleep(1000);
    };
    const handles: JoinHandle<unknown>[] = [
      spawn(async () => await select({ body, sleeps: sleep(500) })),
      spawn(function* () {
        yield* select({ body, sleeps: sleep(500) });
      }),
    ];
    await host.settle();
    for (const handle of handles) handle.abort();
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['cancelled', 'cancelled']);
    expect([lines, host.pendingTimers]).toEqual([['fired', 'fired'], 0]);
  });
});
