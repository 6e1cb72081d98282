import { expect, it } from 'vitest';
import { wantsColours } from '../src/report/colours.js';

it.each([
  [true, {}, true],
  [true, { TERM: 'xterm-256color' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '' }, false],
  [undefined, {}, false],
])(
  'colours are for a terminal that has them and asks for nothing else: %s, %j',
  (isTerminal, env, wanted) => {
    expect(wantsColours(isTerminal, env)).toBe(wanted);
  },
);
