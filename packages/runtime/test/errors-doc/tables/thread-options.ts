import { thread } from '@heddle/runtime';
import { type Provocations, wrong } from '../provocations.js';

export const threadOptions: Provocations = {
  'thread.builder: detached must be a boolean, got ‹value›': () => thread.builder({ detached: wrong('yes') }),
  'thread.builder: resourceLimits has no ‹name›': () =>
    thread.builder({ resourceLimits: wrong({ heap: 1 }) }),
  'thread.builder: resourceLimits must be an object, got ‹value›': () =>
    thread.builder({ resourceLimits: wrong(1) }),
  'thread.builder: resourceLimits.‹limit› must be a number of megabytes, got ‹value›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: wrong('4') } }),
  'thread.builder: resourceLimits.‹limit› must be more than zero megabytes, got ‹n›': () =>
    thread.builder({ resourceLimits: { stackSizeMb: 0 } }),
};
