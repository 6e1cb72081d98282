import { getEventListeners } from 'node:events';
import { CancellationToken, sleep } from '@heddle/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, silencePanics } from '../by-hand.js';
import { places, scene } from '../combinators/waiting.js';

beforeEach(silencePanics.begin);
afterEach(silencePanics.end);

/** A root with two children, of which each has two: their names, and the tokens by name. */
function tree() {
  const root = new CancellationToken();
  const [left, right] = [root.childToken(), root.childToken()];
  const tokens = {
    root,
    left,
    right,
    'left 1': left.childToken(),
    'left 2': left.childToken(),
    'right 1': right.childToken(),
    'right 2': right.childToken(),
  };
  const cancelled = () =>
    Object.entries(tokens)
      .filter(([, token]) => token.isCancelled())
      .map(([name]) => name);
  return { ...tokens, tokens, cancelled };
}

describe.each(places)('cancelled() in %s', (place) => {
  it('waits until the token is cancelled, and is ready at once from then on', async () => {
    const { host, lines, wait } = scene();
    const token = new CancellationToken();
    const waiting = [1, 2].map((name) =>
      wait(place, () => token.cancelled()).then(() => lines.push(`${name} heard`)),
    );
    await host.settle();
    expect(lines).toEqual([]);
    token.cancel();
    token.cancel();
    const late = wait(place, () => token.cancelled());
    await host.settle();
    await Promise.all(waiting);
    expect([lines, await late]).toEqual([['1 heard', '2 heard'], { value: undefined }]);
  });

  it('is woken in the whole subtree and nowhere else', async () => {
    const { host, lines, wait } = scene();
    const { left, root, tokens } = tree();
    const waiting = Object.entries(tokens).map(([name, token]) =>
      wait(place, () => token.cancelled()).then(() => lines.push(name)),
    );
    await host.settle();
    left.cancel();
    await host.settle();
    expect(lines.sort()).toEqual(['left', 'left 1', 'left 2']);
    root.cancel();
    await host.settle();
    await Promise.all(waiting);
    expect(lines).toHaveLength(7);
  });
});

describe.each(places)('runUntilCancelled in %s', (place) => {
  it('gives the value of a branch that ends first', async () => {
    const { host, wait, endsAfter } = scene();
    const token = new CancellationToken();
    const ended = wait(place, () => token.runUntilCancelled(endsAfter(2, 'value').unwrap()));
    await host.advance(2);
    expect(await ended).toEqual({ value: 'value' });
  });

  it('gives undefined when the token is cancelled first, and leaves the branch before that', async () => {
    const { host, lines, wait, endsAfter } = scene();
    const token = new CancellationToken();
    const [slow, pause] = [endsAfter(1000, 0), endsAfter(5, 0)];
    const ended = wait(place, () =>
      token.runUntilCancelled(
        (function* () {
          try {
            yield* slow;
          } finally {
            yield* pause;
            lines.push('left');
          }
        })(),
      ),
    ).then((end) => {
      lines.push('given');
      return end;
    });
    await host.settle();
    token.cancel();
    await host.advance(5);
    expect([await ended, lines]).toEqual([{ value: undefined }, ['left', 'given']]);
  });

  it('does not begin a branch when it is cancelled already', async () => {
    const { host, lines, wait } = scene();
    const token = new CancellationToken();
    token.cancel();
    const ended = wait(place, () => token.runUntilCancelled(() => lines.push('began')));
    await host.settle();
    expect([await ended, lines]).toEqual([{ value: undefined }, []]);
  });

  it('throws on what the branch throws', async () => {
    const { host, wait } = scene();
    const ended = wait(place, () => new CancellationToken().runUntilCancelled(() => Promise.reject('boom')));
    await host.settle();
    expect(await ended).toEqual({ thrown: 'boom' });
  });
});

describe('a CancellationToken', () => {
  it('cancels its descendants, and neither its parent nor its siblings', () => {
    const { left, root, 'right 1': right1, cancelled } = tree();
    left.cancel();
    expect(cancelled()).toEqual(['left', 'left 1', 'left 2']);
    right1.cancel();
    expect(cancelled()).toEqual(['left', 'left 1', 'left 2', 'right 1']);
    expect(root.childToken().isCancelled()).toBe(false);
    root.cancel();
    expect(cancelled()).toHaveLength(7);
  });

  it('is born cancelled, with its reason, as the child of one that is', () => {
    const token = new CancellationToken();
    token.cancel('why');
    const grandchild = token.childToken().childToken();
    expect([grandchild.isCancelled(), grandchild.signal.reason]).toEqual([true, 'why']);
  });

  it('fires its signal once, with the first reason, also when that is asked for later', () => {
    const token = new CancellationToken();
    const child = token.childToken();
    let fired = 0;
    child.signal.addEventListener('abort', () => {
      fired += 1;
    });
    token.cancel('first');
    token.cancel('second');
    expect([fired, child.signal.reason, token.signal.aborted, token.signal.reason]).toEqual([
      1,
      'first',
      true,
      'first',
    ]);
  });

  it('is cancelled by the signal that it was made from', () => {
    const controller = new AbortController();
    const token = CancellationToken.fromSignal(controller.signal);
    expect(token.isCancelled()).toBe(false);
    controller.abort('why');
    expect([token.isCancelled(), token.signal.reason]).toEqual([true, 'why']);
    expect(CancellationToken.fromSignal(controller.signal).isCancelled()).toBe(true);
    expect(() => CancellationToken.fromSignal({} as never)).toThrow(TypeError);
  });

  it('takes its listener off the signal that it was made from when it is cancelled before', () => {
    const controller = new AbortController();
    const tokens = Array.from({ length: 20 }, () => CancellationToken.fromSignal(controller.signal));
    const listeners = () => getEventListeners(controller.signal, 'abort').length;
    expect(listeners()).toBe(1);
    tokens.pop()?.cancel();
    expect(listeners()).toBe(1);
    for (const token of tokens) token.cancel();
    expect([listeners(), controller.signal.aborted]).toEqual([0, false]);
    const again = CancellationToken.fromSignal(controller.signal);
    expect([listeners(), again.isCancelled()]).toEqual([1, false]);
    controller.abort();
    expect([listeners(), again.isCancelled()]).toEqual([0, true]);
  });

  it('has one signal, which a listener that cancels another token may make fire in the same call', () => {
    const [first, second] = [new CancellationToken(), new CancellationToken()];
    expect(first.signal).toBe(first.signal);
    first.signal.addEventListener('abort', () => second.cancel('after the first'));
    first.cancel();
    expect([second.signal.reason, (first.signal.reason as Error).name]).toEqual([
      'after the first',
      'AbortError',
    ]);
  });

  it('is cancelled by its guard at the end of a block, unless that was disarmed', () => {
    const [cancelled, kept] = [new CancellationToken(), new CancellationToken()];
    {
      using _ = cancelled.dropGuard();
      using guard = kept.dropGuard();
      expect(guard.disarm()).toBe(kept);
    }
    expect([cancelled.isCancelled(), kept.isCancelled()]).toEqual([true, false]);
    const guard = kept.dropGuard();
    guard.cancel('by hand');
    expect(kept.signal.reason).toBe('by hand');
  });

  it('cancels a chain of a hundred thousand', () => {
    const root = new CancellationToken();
    let last = root;
    for (let depth = 0; depth < 100_000; depth += 1) last = last.childToken();
    root.cancel('deep');
    expect(last.isCancelled()).toBe(true);
  });

  it('forgets who stops waiting', async () => {
    const { host, spawn } = scene();
    const token = new CancellationToken();
    const handle = spawn(function* () {
      yield* token.runUntilCancelled(sleep(1000));
    });
    await host.settle();
    handle.abort();
    await host.settle();
    token.cancel();
    expect([await outcomeOf(handle), host.turn(), host.pendingTimers]).toEqual(['cancelled', false, 0]);
  });
});
