import { type Scope, scope, sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silencePanics } from '../by-hand.js';
import { places, scene } from '../combinators/waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

const payloads = () => silencePanics.reported.map(({ payload }) => payload);

describe.each(places)('scope in %s', (place) => {
  it('waits for the children that its body did not wait for, and gives the body’s value', async () => {
    const { host, spawn, lines, wait } = scene();
    const child = function* (ms: number) {
      yield* sleep(ms);
      lines.push(`child ${ms}`);
    };
    const ended = wait(place, () =>
      scope(function* (s) {
        s.spawnOn(spawn, child, 3);
        s.spawnOn(spawn, child, 1);
        lines.push('body ended');
        return 'value';
      }),
    ).then((end) => {
      lines.push('scope ended');
      return end;
    });
    await host.advance(3);
    expect(await ended).toEqual({ value: 'value' });
    expect(lines).toEqual(['body ended', 'child 1', 'child 3', 'scope ended']);
  });

  it('aborts and awaits every child when its body throws, and throws that', async () => {
    const { host, spawn, lines, wait, endsAfter } = scene();
    const boom = new Error('boom');
    const soon = endsAfter(1, 0);
    const ended = wait(place, () =>
      scope(function* (s) {
        const waits = s.spawnOn(spawn, function* () {
          try {
            yield* sleep(1000);
          } finally {
            yield* sleep(5);
            lines.push(`cleaned up at ${host.now()}`);
          }
        });
        lines.push(waits.isFinished() ? 'finished' : 'spawned');
        yield* soon;
        throw boom;
      }),
    ).then((end) => {
      lines.push('thrown');
      return end;
    });
    await host.advance(6);
    expect(await ended).toEqual({ thrown: boom });
    expect(lines).toEqual(['spawned', 'cleaned up at 6', 'thrown']);
  });

  it('aborts the body and the other children when one panics, and throws what that threw', async () => {
    const { host, spawn, lines, wait, endsAfter } = scene();
    const boom = new Error('boom');
    const slow = endsAfter(1000, 0);
    const cleansUp = function* (name: string) {
      try {
        yield* slow;
      } finally {
        lines.push(`${name} left`);
      }
    };
    const ended = wait(place, () =>
      scope(function* (s) {
        s.spawnOn(spawn, cleansUp, 'sibling');
        s.spawnOn(spawn, async () => {
          await sleep(1);
          throw boom;
        });
        yield* cleansUp('body');
        lines.push('unreachable');
      }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ thrown: boom });
    expect(lines.sort()).toEqual(['body left', 'sibling left']);
    expect(payloads()).toEqual([boom]);
  });

  it('throws the first of several causes', async () => {
    const { host, spawn, wait, endsAfter } = scene();
    const never = endsAfter(1000, 0);
    const [first, second] = [new Error('first'), new Error('second')];
    const ended = wait(place, () =>
      scope(async (s) => {
        s.spawnOn(spawn, function* () {
          yield* sleep(1);
          throw first;
        });
        s.spawnOn(spawn, function* () {
          try {
            yield* sleep(1000);
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: what it does is the question
            throw second;
          }
        });
        await never;
      }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ thrown: first });
    expect(payloads()).toEqual([first, second]);
  });

  it('counts a child that was aborted by its handle as no failure', async () => {
    const { host, spawn, wait, endsAfter } = scene();
    const ended = wait(place, () =>
      scope(function* (s) {
        s.spawnOn(spawn, () => sleep(1000)).abort();
        const result = yield* s.spawnOn(spawn, () => 'child');
        yield* endsAfter(1, 0);
        return result.unwrap();
      }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ value: 'child' });
  });

  it('takes children from its children while it ends', async () => {
    const { host, spawn, lines, wait } = scene();
    const grow = function* (s: Scope, depth: number): Generator<never, void, unknown> {
      lines.push(`depth ${depth}`);
      yield* sleep(1) as unknown as Generator<never, void, unknown>;
      if (depth < 4) s.spawnOn(spawn, grow, s, depth + 1);
    };
    const ended = wait(place, () => scope((s) => void s.spawnOn(spawn, grow, s, 1)));
    await host.advance(4);
    expect(await ended).toEqual({ value: undefined });
    expect(lines).toEqual(['depth 1', 'depth 2', 'depth 3', 'depth 4']);
  });

  it('may stand in another: a failure inside ends both, from the innermost out', async () => {
    const { host, spawn, lines, wait } = scene();
    const cleansUp = function* (name: string) {
      try {
        yield* sleep(1000);
      } finally {
        lines.push(`${name} left`);
      }
    };
    const ended = wait(place, () =>
      scope(function* (outer) {
        outer.spawnOn(spawn, cleansUp, 'outer child');
        yield* scope(function* (inner) {
          inner.spawnOn(spawn, cleansUp, 'inner child');
          yield* inner.spawnOn(spawn, function* () {
            yield* sleep(1);
            throw 'boom';
          });
          yield* inner.spawnOn(spawn, () => sleep(1000));
        });
      }),
    );
    await host.advance(1);
    expect(await ended).toEqual({ thrown: 'boom' });
    expect(lines).toEqual(['inner child left', 'outer child left']);
    expect(payloads()).toEqual(['boom']);
  });
});
