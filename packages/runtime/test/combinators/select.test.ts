import { CancellationToken, join, select, when } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from './waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

describe.each(places)('select in %s', (place) => {
  it('gives the first branch that ends, by its name', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      select({ slow: endsAfter(3, 1).unwrap(), quick: endsAfter(1, 2).unwrap() }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ value: { key: 'quick', value: 2 } });
  });

  it('gives one of several that are ready, now this and now that', async () => {
    const { host, wait, spawn } = scene();
    const done = spawn(() => 'done');
    await host.settle();
    const seen = new Set<string>();
    for (let round = 0; round < 64; round += 1) {
      const ended = wait(place, () => select({ a: done, b: done, c: done }));
      await host.settle();
      const end = await ended;
      if ('value' in end) seen.add(end.value.key);
    }
    expect([...seen].sort()).toEqual(['a', 'b', 'c']);
  });

  it('asks the branches in the order in which they are written when it is biased', async () => {
    const { host, wait, spawn } = scene();
    const done = spawn(() => 'done');
    const never = new CancellationToken();
    await host.settle();
    for (let round = 0; round < 4; round += 1) {
      const ended = wait(place, () => select({ not: never.cancelled(), b: done, c: done }, { biased: true }));
      await host.settle();
      expect(await ended).toMatchObject({ value: { key: 'b' } });
    }
  });

  it('does so too when the later one was woken first', async () => {
    const { host, wait, spawn } = scene();
    const [first, second] = [new CancellationToken(), new CancellationToken()];
    const biased = wait(place, () =>
      select({ first: first.cancelled(), second: second.cancelled() }, { biased: true }),
    );
    await host.settle();
    spawn(() => {
      second.cancel();
      first.cancel();
    });
    await host.settle();
    expect(await biased).toMatchObject({ value: { key: 'first' } });
  });

  it('begins no branch whose precondition does not hold', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      select({
        never: when(false, () => {
          lines.push('unreachable');
          return () => 'unreachable';
        }),
        ready: when(true, () => endsAfter(1, 'ready').unwrap()),
      }),
    );
    await host.advance(1);
    expect([await ended, lines]).toEqual([{ value: { key: 'ready', value: 'ready' } }, []]);
  });

  it('gives what `else` gives when every branch is disabled, and throws without one', async () => {
    const { host, wait } = scene();
    const disabled = { a: when(false, () => () => 1), b: when(false, () => () => 2) };
    const withElse = wait(place, () => select(disabled, { else: () => 'nothing to do' }));
    const without = wait(place, () => select(disabled));
    await host.settle();
    expect(await withElse).toEqual({ value: { key: 'else', value: 'nothing to do' } });
    expect(await without).toEqual({
      thrown: new TypeError('select: all branches are disabled and there is no else branch.'),
    });
  });

  it('gives a value only if it matches, and waits for the others otherwise', async () => {
    const { host, wait, endsAfter } = scene();
    const isString = (value: string | undefined): value is string => value !== undefined;
    const ended = wait(place, () =>
      select({
        closed: when(true, () => endsAfter<string | undefined>(1, undefined).unwrap(), isString),
        later: when(true, () => endsAfter<string | undefined>(2, 'later').unwrap(), isString),
      }),
    );
    await host.advance(2);
    expect(await ended).toEqual({ value: { key: 'later', value: 'later' } });
  });

  it('asks `else`, or throws without one, when the last branch does not match', async () => {
    const { host, wait, endsAfter } = scene();
    const branches = () => ({
      a: when(
        true,
        () => endsAfter(1, 1).unwrap(),
        () => false,
      ),
      b: when(
        true,
        () => endsAfter(2, 2).unwrap(),
        (n) => n > 2,
      ),
    });
    const withElse = wait(place, () => select(branches(), { else: () => 'neither' }));
    const without = wait(place, () => select(branches()));
    await host.advance(2);
    expect(await withElse).toEqual({ value: { key: 'else', value: 'neither' } });
    expect(await without).toEqual({
      thrown: new TypeError('select: all branches are disabled and there is no else branch.'),
    });
  });

  it('does not ask `else` while a branch waits', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () => select({ a: endsAfter(1, 'a').unwrap() }, { else: () => 'unreachable' }));
    await host.advance(1);
    expect(await ended).toEqual({ value: { key: 'a', value: 'a' } });
  });

  it('throws what a branch throws, once the others have been left', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const other = endsAfter(9, 'goes on');
    const ended = wait(place, () =>
      select({
        other,
        throws: endsAfter(1, 0)
          .unwrap()
          .then(() => Promise.reject('boom')),
        listens: (signal) => {
          signal.addEventListener('abort', () => lines.push('left'));
          return new Promise(() => undefined);
        },
      }),
    );
    await host.advance(9);
    expect([await ended, lines]).toEqual([{ thrown: 'boom' }, ['left']]);
    expect(await outcomeOf(other)).toBe('goes on');
  });

  it('selects among ten thousand branches, and leaves the rest', async () => {
    const { host, wait } = scene();
    const tokens = Array.from({ length: 10_000 }, () => new CancellationToken());
    const ended = wait(place, () =>
      select(Object.fromEntries(tokens.map((token, at) => [`at ${at}`, token.cancelled()]))),
    );
    await host.settle();
    tokens[7_000]?.cancel();
    await host.settle();
    expect(await ended).toEqual({ value: { key: 'at 7000', value: undefined } });
  });

  it('may stand in another, and in a join', async () => {
    const { host, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      join(
        select({
          inner: select({ deep: endsAfter(2, 'deep').unwrap(), slow: endsAfter(4, 0) }),
          slow: endsAfter(3, 0),
        }),
        endsAfter(1, 'beside').unwrap(),
      ),
    );
    await host.advance(4);
    expect(await ended).toEqual({
      value: [{ key: 'inner', value: { key: 'deep', value: 'deep' } }, 'beside'],
    });
  });
});

describe('which branch a select asks first', () => {
  const choices = async (seed: number) => {
    const { host, spawn, lines } = scene({ seed });
    spawn(function* () {
      for (let round = 0; round < 40; round += 1) {
        lines.push((yield* select({ a: () => 1, b: () => 1, c: () => 1 })).key);
      }
    });
    await host.settle();
    return lines.join('');
  };

  it('follows from the seed of its runtime', async () => {
    expect(await choices(7)).toBe(await choices(7));
    expect(await choices(7)).not.toBe(await choices(8));
  });
});

describe('select and when refuse at the call', () => {
  const wrong = (value: unknown) => value as never;

  it.each([
    ['no branches', () => select({}), 'select: all branches are disabled and there is no else branch.'],
    [
      'none that may begin',
      () => select({ a: when(false, () => () => 1) }),
      'select: all branches are disabled and there is no else branch.',
    ],
    [
      'a biased that is no boolean',
      () => select({ a: () => 1 }, wrong({ biased: 'yes' })),
      "select: biased must be true or false, got 'yes'",
    ],
    [
      'a precondition that is no boolean',
      () => when(wrong('no'), () => () => 1),
      "when: the precondition must be true or false, got 'no'",
    ],
    [
      'a condition that is no function',
      () => when(true, () => () => 1, wrong(3)),
      'when: the condition on the value must be a function, got 3',
    ],
  ])('%s', (_what, call, message) => {
    expect(call).toThrow(new TypeError(message));
  });
});
