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

  it('gives one of several that are ready, and takes turns at which', async () => {
    const { host, wait, spawn } = scene();
    const done = spawn(() => 'done');
    await host.settle();
    const seen: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const ended = wait(place, () => select({ a: done, b: done }));
      await host.settle();
      const end = await ended;
      if ('value' in end) seen.push(end.value.key);
    }
    expect(seen.filter((key) => key === 'a')).toHaveLength(4);
    expect(seen.slice(0, 2).sort()).toEqual(['a', 'b']);
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
    const branches = () => ({ first: first.cancelled(), second: second.cancelled() });
    const biased = wait(place, () => select(branches(), { biased: true }));
    const ordinary = wait(place, () => select(branches()));
    await host.settle();
    spawn(() => {
      second.cancel();
      first.cancel();
    });
    await host.settle();
    expect(await biased).toMatchObject({ value: { key: 'first' } });
    expect(await ordinary).toMatchObject({ value: { key: 'second' } });
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
