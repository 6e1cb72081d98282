import { thread } from '@heddle/runtime';
import { type Provocations, wrong } from '../provocations.js';

export const threadOptions: Provocations = {
  'thread.builder: detached must be a boolean, got ‹value›': () => thread.builder({ detached: wrong('yes') }),
  'thread.builder: env must be an object of strings, or SHARE_ENV, got ‹value›': () =>
    thread.builder({ env: wrong([]) }),
  'thread.builder: env[‹name›] must be a string, got ‹value›': () =>
    thread.builder({ env: wrong({ PORT: 80 }) }),
  'thread.builder: execArgv must be an array of strings, got ‹value›': () =>
    thread.builder({ execArgv: wrong('--no-warnings') }),
  'thread.spawn: env: ‹what Node says›': () =>
    thread.builder({ env: { NODE_OPTIONS: '--no-such-flag' } }).spawn(() => 1),
  'thread.spawn: execArgv: ‹what Node says›': () =>
    thread.builder({ execArgv: ['--expose-gc'] }).spawn(() => 1),
  'thread.builder: resourceLimits has no ‹name›': () =>
    thread.builder({ resourceLimits: wrong({ heap: 1 }) }),
  'thread.builder: resourceLimits must be an object, got ‹value›': () =>
    thread.builder({ resourceLimits: wrong(1) }),
  'thread.builder: resourceLimits.‹limit› must be a number of megabytes, got ‹value›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: wrong('4') } }),
  'thread.builder: resourceLimits.‹limit› must be more than zero megabytes, got ‹n›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: 0 } }),
};
