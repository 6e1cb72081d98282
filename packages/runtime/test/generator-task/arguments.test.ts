import { describe, expect, it } from 'vitest';
import { byHand, outcomeOf } from '../by-hand.js';

describe('the arguments of a spawn', () => {
  const forbidden = new Proxy(
    {},
    new Proxy({}, { get: (_, trap) => () => expect.fail(`the spawn asked it: ${String(trap)}`) }),
  );

  it.each([
    ['none', []],
    ['one', [1]],
    ['one that is undefined', [undefined]],
    ['one that is null', [null]],
    ['one that is a list', [[1, 2]]],
    ['one that is a function', [Math.max]],
    ['one that is not to be asked what it is', [forbidden]],
    ['two', [1, 2]],
    ['two that are undefined', [undefined, undefined]],
    ['five', [1, 2, 3, 4, 5]],
  ])('are those that the body is called with: %s', async (_, given) => {
    const { host, spawn } = byHand();
    const seen: unknown[][] = [];
    const bodies = [
      function* (...args: unknown[]) {
        seen.push(args);
      },
      async (...args: unknown[]) => {
        seen.push(args);
      },
      (...args: unknown[]) => {
        seen.push(args);
      },
    ];
    const handles = bodies.map((body) => spawn(body, ...given));
    await host.settle();
    expect(await Promise.all(handles.map(outcomeOf))).toEqual(['undefined', 'undefined', 'undefined']);
    for (const args of seen) {
      expect(args.length).toBe(given.length);
      expect(args.every((arg, at) => arg === given[at])).toBe(true);
    }
    expect(seen.length).toBe(3);
  });
});
